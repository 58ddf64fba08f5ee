import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AssignmentStatus } from '@toneout/contract/model/assignment.ts'
import type { UnitType } from '@toneout/contract/model/unit.ts'
import { corner } from './city.ts'
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
import { metresBetween } from './travel.ts'

const home = corner('Millrace', 1, 2)
const scene = corner('Eastbank', 1, 1)
const hospital = corner('University Hill', 0, 1)
const times = { acknowledge: 10, turnout: 60, toPatient: 90, scene: 600, handover: 400, ready: 200, pace: 1 }

function crewOf(type: UnitType = 'ADVANCED', id = 1): Crew {
  return { unit: { id, unit_number: `U${id}`, unit_type: type }, home, at: home }
}
function jobOf(more: Partial<Job> = {}): Omit<Job, 'dueAt' | 'next'> {
  const patient = { transported: true, otherwise: 'REFUSED' as const, taken: false }
  const about = { assignment_id: 7, incident_id: 3, emergency: 'MEDICAL' as const, urgent: true }
  return { ...about, status: 'ASSIGNED', times, patient, scene, hospital, ...more }
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
  assert.equal(crew.job?.patient.taken, false)
  enter(crew, 'TRANSPORTING', arrival)
  assert.equal(crew.job?.next, 'at-hospital')
  assert.equal(crew.job?.patient.taken, true)
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
  const patient = { transported: true, otherwise: 'REFUSED' as const, taken: false }
  const bound = (type: UnitType, id: number, status: AssignmentStatus) => {
    const crew = crewOf(type, id)
    takeUp(crew, jobOf({ assignment_id: id, status, patient }), 0)
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
  const staying = jobOf({ status: 'AT_PATIENT', patient: { ...patient, transported: false } })
  const alone = crewOf()
  takeUp(alone, staying, 0)
  assert.equal(decideLeaving(alone, []), 'clear')
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
