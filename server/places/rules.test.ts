import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HospitalChange } from '@toneout/contract/model/hospital.ts'
import type { Role } from '@toneout/contract/roles.ts'
import { etaSeconds, refuseBeds, refuseFields, refuseRetirement } from './rules.ts'

const capacity = { total_beds: 3, available_beds: 1, emergency_capacity: 'HIGH', diversion: 'OPEN' } as const
const fields: [Role, HospitalChange, string[]][] = [
  ['admin', { name: 'x', ...capacity }, []],
  ['supervisor', { specialties: [] }, []],
  ['dispatcher', capacity, []],
  ['dispatcher', {}, []],
  ['dispatcher', { ...capacity, name: 'x', latitude: 1 }, ['name', 'latitude']],
]
for (const [role, body, held] of fields) {
  test(`${role} changes ${Object.keys(body).join(', ') || 'nothing'}`, () => {
    const refusal = refuseFields(role, body)
    assert.equal(refusal?.refused, held.length > 0 ? 'forbidden' : undefined)
    assert.deepEqual(Object.keys(refusal?.fields ?? {}), held)
  })
}

const before = { total_beds: 10, available_beds: 4 }
const beds: [Partial<typeof before>, string | undefined][] = [
  [{}, undefined],
  [{ available_beds: 10 }, undefined],
  [{ available_beds: 11 }, 'available_beds'],
  [{ total_beds: 4 }, undefined],
  [{ total_beds: 3 }, 'total_beds'],
  [{ total_beds: 20, available_beds: 20 }, undefined],
  [{ total_beds: 20, available_beds: 21 }, 'available_beds'],
]
for (const [sent, blamed] of beds) {
  test(`beds ${JSON.stringify(sent)}`, () => {
    assert.deepEqual(Object.keys(refuseBeds(before, sent)?.fields ?? {}), blamed ? [blamed] : [])
  })
}

test('a place is retired when nobody uses it', () => {
  assert.equal(refuseRetirement('hospital', 0), undefined)
  assert.equal(refuseRetirement('hospital', 1)?.refused, 'in_use')
  assert.match(refuseRetirement('station', 2)?.detail ?? '', /^2 units/)
})

const place = { latitude: 37.77, longitude: -122.4 }
const now = '2026-11-21T07:00:00.000Z'
const comer = {
  latitude: 37.78,
  longitude: -122.4,
  position_at: now,
  status: 'TRANSPORTING',
  priority: 1,
} as const
const etas: [what: string, unit: Partial<Record<keyof typeof comer, unknown>>, seconds: number | null][] = [
  // 0.01 degrees of latitude are 1,111.95 m; the road is 1.3 times that, at 14 m/s.
  ['with a patient and siren', {}, 103],
  ['without siren', { priority: 3 }, 145],
  ['there', { latitude: 37.77 }, 0],
  ['a position of five minutes', { position_at: '2026-11-21T06:55:00.000Z' }, 103],
  ['an older one', { position_at: '2026-11-21T06:54:59.999Z' }, null],
  ['no position', { latitude: null, longitude: null, position_at: null }, null],
  ['on the way to the scene', { status: 'EN_ROUTE' }, null],
  ['at the patient', { status: 'AT_PATIENT' }, null],
  ['arrived', { status: 'AT_HOSPITAL' }, null],
]
for (const [what, more, seconds] of etas) {
  test(`when a unit arrives: ${what}`, () => {
    assert.equal(etaSeconds({ ...comer, ...more } as never, place, now), seconds)
  })
}
