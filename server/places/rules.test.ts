import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HospitalChange } from '@toneout/contract/model/hospital.ts'
import type { Role } from '@toneout/contract/roles.ts'
import { refuseBeds, refuseFields, refuseRetirement } from './rules.ts'

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
