import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AssignmentStatus } from '@toneout/contract/model/assignment.ts'
import type { UnitType } from '@toneout/contract/model/unit.ts'
import { portHalvard } from './city/atlas.ts'
import { openRoads } from './city/roads.ts'
import {
  arrive,
  type Crew,
  decideLeaving,
  enter,
  goHome,
  hasChanged,
  type Job,
  takeUp,
  whereIs,
} from './crews.ts'
import { cornerIn } from './fleet.ts'
import { metresBetween, openDrive } from './travel.ts'

const home = cornerIn('Millrace', 1)
const scene = cornerIn('Eastbank', 2)
const hospital = cornerIn('University Hill', 1)
const drive = openDrive(openRoads(portHalvard()), () => ({ traffic: 1, closed: new Set() }))
const times = { acknowledge: 10, turnout: 60, toPatient: 90, scene: 600, handover: 400, ready: 200, pace: 1 }

function crewOf(type: UnitType = 'ADVANCED', id = 1): Crew {
  return { unit: { id, unit_number: `U${id}`, unit_type: type }, home, at: home, drive }
}
function jobOf(more: Partial<Job> = {}): Omit<Job, 'dueAt' | 'next'> {
  const patients = { total: 1, takers: new Set<number>(), otherwise: 'REFUSED' as const }
  const about = { assignment_id: 7, incident_id: 3, emergency: 'MEDICAL' as const, urgent: true }
  return { ...about, status: 'ASSIGNED', times, patients, scene, hospital, ...more }
}
/** Seconds from `now` until the next step, and the step. */
const next = ({ job }: Crew, now: number) => [job?.next, Math.round(((job?.dueAt ?? 0) - now) / 1_000)]

test('a crew lives an assignment from the tone to the station', () => {
  const crew = crewOf()
  takeUp(crew, jobOf(), 0)
  assert.deepEqual(next(crew, 0), ['acknowledge', 10])
  enter(crew, 'ACKNOWLEDGED', 10_000)
  assert.deepEqual(next(crew, 10_000), ['en-route', 50])
  assert.equal(metresBetween(whereIs(crew, 59_000), home), 0, 'nobody moves before the crew is in')
  enter(crew, 'EN_ROUTE', 60_000)
  const arrival = crew.job?.dueAt ?? 0
  assert.equal(crew.job?.next, 'on-scene')
  assert.ok(arrival - 60_000 > 120_000 && arrival - 60_000 < 600_000, 'minutes, not seconds')
  assert.ok(metresBetween(whereIs(crew, (60_000 + arrival) / 2), home) > 500)
  assert.equal(metresBetween(whereIs(crew, arrival), scene), 0)
  enter(crew, 'ON_SCENE', arrival)
  assert.deepEqual(next(crew, arrival), ['at-patient', 90])
  enter(crew, 'AT_PATIENT', arrival)
  assert.deepEqual(next(crew, arrival), ['leave', 600])
  assert.equal(crew.job?.patients.takers.size, 0)
  enter(crew, 'TRANSPORTING', arrival)
  assert.equal(crew.job?.next, 'at-hospital')
  assert.deepEqual([...(crew.job?.patients.takers ?? [])], [7])
  const there = crew.job?.dueAt ?? 0
  assert.equal(metresBetween(whereIs(crew, there), hospital), 0)
  enter(crew, 'AT_HOSPITAL', there)
  assert.deepEqual(next(crew, there), ['handover', 400])
  enter(crew, 'HANDOVER_DONE', there)
  assert.deepEqual(next(crew, there), ['clear', 200])
  enter(crew, 'CLEARED', there)
  assert.equal(crew.job, undefined)
  const back = crew.leg?.endsAt ?? 0
  arrive(crew, back)
  assert.deepEqual([crew.leg, metresBetween(crew.at, home)], [undefined, 0])
})

test('taken up in the middle, it goes on from there', () => {
  const cases: [AssignmentStatus, Job['next']][] = [
    ['EN_ROUTE', 'on-scene'],
    ['ON_SCENE', 'at-patient'],
    ['TRANSPORTING', 'at-hospital'],
    ['HANDOVER_DONE', 'clear'],
  ]
  for (const [status, step] of cases) {
    const crew = crewOf()
    takeUp(crew, jobOf({ status }), 5_000)
    assert.equal(crew.job?.next, step)
    assert.ok((crew.job?.dueAt ?? 0) > 5_000)
  }
})

test('sent elsewhere on the way, it turns round where it is', () => {
  const crew = crewOf()
  takeUp(crew, jobOf({ status: 'EN_ROUTE' }), 0)
  const at = whereIs(crew, 60_000)
  takeUp(crew, jobOf({ assignment_id: 8, incident_id: 4, scene: hospital }), 60_000)
  enter(crew, 'ACKNOWLEDGED', 65_000)
  assert.deepEqual(next(crew, 65_000), ['en-route', 0], 'it sits in its vehicle already')
  const turned = whereIs(crew, 65_000)
  enter(crew, 'EN_ROUTE', 65_000)
  assert.equal(metresBetween(whereIs(crew, 65_000), turned), 0, 'no unit jumps')
  assert.ok(metresBetween(turned, at) < 200)
  goHome(crew, 70_000)
  assert.ok(metresBetween(whereIs(crew, 70_000), turned) < 200)
})

test('a place that nobody knows is looked for, not driven to', () => {
  const crew = crewOf()
  takeUp(crew, jobOf({ status: 'EN_ROUTE', scene: undefined }), 0)
  assert.deepEqual(next(crew, 0), ['on-scene', 300])
  assert.equal(crew.leg, undefined)
})

test('a fire crew has no patient of its own', () => {
  const crew = crewOf('FIRE')
  takeUp(crew, jobOf({ status: 'ON_SCENE' }), 0)
  assert.deepEqual(next(crew, 0), ['leave', 600])
  assert.equal(decideLeaving(crew, []), 'clear')
})

test('one patient is taken once, by the strongest crew there is', () => {
  const patients = { total: 1, takers: new Set<number>(), otherwise: 'REFUSED' as const }
  const bound = (type: UnitType, id: number, status: AssignmentStatus) => {
    const crew = crewOf(type, id)
    takeUp(crew, jobOf({ assignment_id: id, status, patients }), 0)
    return crew
  }
  const basic = bound('BASIC', 1, 'AT_PATIENT')
  const medic = bound('ADVANCED', 2, 'EN_ROUTE')
  assert.equal(decideLeaving(basic, []), 'transport')
  assert.equal(decideLeaving(basic, [medic]), 'wait')
  enter(medic, 'ON_SCENE', 0)
  assert.equal(decideLeaving(basic, [medic]), 'clear')
  assert.equal(decideLeaving(medic, [basic]), 'transport')
  const second = bound('ADVANCED', 3, 'AT_PATIENT')
  assert.equal(decideLeaving(second, [basic, medic]), 'clear', 'the first of two that are as strong')
  assert.equal(decideLeaving(basic, [bound('FIRE', 4, 'ON_SCENE')]), 'transport')
  enter(medic, 'TRANSPORTING', 0)
  assert.equal(decideLeaving(basic, []), 'clear', 'the patient has gone')
  const staying = jobOf({ status: 'AT_PATIENT', patients: { ...patients, total: 0 } })
  const alone = crewOf()
  takeUp(alone, staying, 0)
  assert.equal(decideLeaving(alone, []), 'clear')
})

test('of many patients each crew takes one, and only who is not needed clears', () => {
  const patients = { total: 2, takers: new Set<number>(), otherwise: 'REFUSED' as const }
  const bound = (id: number, type: UnitType = 'ADVANCED') => {
    const crew = crewOf(type, id)
    takeUp(crew, jobOf({ assignment_id: id, status: 'AT_PATIENT', patients }), 0)
    return crew
  }
  const [first, second, third] = [bound(1), bound(2), bound(3, 'BASIC')]
  assert.equal(
    decideLeaving(third, [first, second]),
    'clear',
    'two stronger crews are there for two patients',
  )
  assert.equal(decideLeaving(second, [first, third]), 'transport')
  enter(second, 'TRANSPORTING', 0)
  assert.equal(decideLeaving(first, [second, third]), 'transport')
  enter(first, 'TRANSPORTING', 0)
  assert.equal(decideLeaving(third, [first, second]), 'clear')
})

test('the list of units tells when somebody else has acted', () => {
  const free = { assignment_id: null, incident_id: null, status: 'AVAILABLE' } as const
  const bound = { assignment_id: 7, incident_id: 3, status: 'EN_ROUTE' } as const
  const crew = crewOf()
  assert.equal(hasChanged(crew, free), false)
  assert.equal(hasChanged(crew, bound), true)
  takeUp(crew, jobOf({ status: 'ACKNOWLEDGED' }), 0)
  assert.equal(hasChanged(crew, bound), false)
  const others = [free, { ...bound, assignment_id: 8 }, { ...bound, incident_id: 4 }]
  for (const unit of [...others, { ...bound, status: 'ON_SCENE' as const }]) {
    assert.equal(hasChanged(crew, unit), true, JSON.stringify(unit))
  }
})
