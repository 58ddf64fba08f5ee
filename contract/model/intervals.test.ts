import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { type Milestone, milestoneNames, type Stamped } from './assignment.ts'
import {
  type AssignmentInterval,
  assignmentIntervalNames,
  assignmentIntervals,
  type Course,
  incidentIntervals,
  intervalsOfAssignment,
  intervalsOfIncident,
} from './intervals.ts'
import type { UnitType } from './unit.ts'

/** 07:00 and so many seconds. */
const at = (seconds: number) =>
  new Date(Date.UTC(2026, 10, 21, 7) + Math.round(seconds * 1_000)).toISOString()
type Seconds = Partial<Record<Milestone, number>>

function stamped(reached: Seconds, corrected: Seconds = {}): Stamped {
  const none = Object.fromEntries(milestoneNames.map((name) => [name, null])) as Omit<Stamped, 'corrections'>
  const times = (given: Seconds) =>
    Object.fromEntries(Object.entries(given).map(([name, s]) => [name, at(s)]))
  return { ...none, ...times(reached), corrections: times(corrected) }
}
const whole = {
  assigned_at: 0,
  acknowledged_at: 10,
  en_route_at: 60.001,
  on_scene_at: 300,
  at_patient_at: 330,
  transporting_at: 1_200,
  at_hospital_at: 1_800.5,
  handover_done_at: 2_000,
  cleared_at: 2_400,
}
const { transporting_at: _, at_hospital_at: __, handover_done_at: ___, ...onSceneOnly } = whole
const blank = Object.fromEntries(assignmentIntervalNames.map((name) => [name, null]))

type Case = [string, Stamped, Partial<Record<AssignmentInterval, number>>, AssignmentInterval[]]
const cases: Case[] = [
  [
    'a transport',
    stamped(whole),
    {
      turnout: 60.001,
      travel: 239.999,
      response: 300,
      scene: 900,
      transport: 600.5,
      wall_time: 599.5,
      task: 2_400,
    },
    [],
  ],
  ['nothing but the order', stamped({ assigned_at: 0 }), {}, []],
  [
    'treated on scene',
    stamped(onSceneOnly),
    { ...minutes(60.001, 239.999, 300), scene: 2_100, task: 2_400 },
    [],
  ],
  ['the same moment is zero, not blank', stamped({ assigned_at: 5, en_route_at: 5 }), { turnout: 0 }, []],
  ['cancelled: no task', stamped({ assigned_at: 0, en_route_at: 30, cancelled_at: 90 }), { turnout: 30 }, []],
  [
    'a skipped milestone leaves its spans blank, not the others',
    stamped({ assigned_at: 0, on_scene_at: 300 }),
    { response: 300 },
    [],
  ],
  [
    'a departure that nobody reported is not a scene until the clearing',
    stamped({ assigned_at: 0, on_scene_at: 300, at_hospital_at: 900, cleared_at: 1_500 }),
    { response: 300, wall_time: 600, task: 1_500 },
    [],
  ],
  [
    'a correction counts',
    stamped({ assigned_at: 0, en_route_at: 100, on_scene_at: 300 }, { en_route_at: 40 }),
    minutes(40, 260, 300),
    [],
  ],
  [
    'a correction fills what was skipped',
    stamped({ assigned_at: 0, on_scene_at: 300 }, { en_route_at: 60 }),
    minutes(60, 240, 300),
    [],
  ],
  [
    'a span before its start is no figure, and is named',
    stamped({ assigned_at: 100, en_route_at: 99.999, on_scene_at: 300, cleared_at: 50 }),
    { travel: 200.001, response: 200 },
    ['turnout', 'scene', 'task'],
  ],
]
function minutes(turnout: number, travel: number, response: number) {
  return { turnout, travel, response }
}

describe('of an assignment', () => {
  for (const [name, one, expected, excluded] of cases) {
    test(name, () => {
      const shown = intervalsOfAssignment(one)
      assert.deepEqual(shown.seconds, { ...blank, ...expected })
      assert.deepEqual(shown.excluded, excluded)
      assert.deepEqual(assignmentIntervals.parse(shown), shown)
    })
  }
  test('each says from which milestone it is counted', () =>
    assert.deepEqual(intervalsOfAssignment(stamped({ assigned_at: 0 })).clock_starts, {
      turnout: 'assigned_at',
      travel: 'en_route_at',
      response: 'assigned_at',
      scene: 'on_scene_at',
      transport: 'transporting_at',
      wall_time: 'at_hospital_at',
      task: 'assigned_at',
    }))
})

const unit = (unit_type: UnitType, reached: Seconds, corrected: Seconds = {}) => ({
  ...stamped(reached, corrected),
  unit_type,
})
const call = { created_at: at(0), answered_at: at(4.25) }
const one: Course = { received_at: at(0), call, sent: [] }
const none = { answer: null, processing: null, total_response: null, total_response_ambulance: null }

const courses: [string, Course, object, string[], string][] = [
  ['a call that nobody was sent for', one, { answer: 4.25 }, [], 'call_received'],
  ['a call that nobody answered', { ...one, call: { ...call, answered_at: null } }, {}, [], 'call_received'],
  [
    'the first assigned and the first on scene count, whichever unit they are',
    {
      ...one,
      sent: [
        unit('ADVANCED', { assigned_at: 70, on_scene_at: 500 }),
        unit('FIRE', { assigned_at: 90, on_scene_at: 400 }),
        unit('BASIC', { assigned_at: 60.5, cancelled_at: 80 }),
      ],
    },
    { answer: 4.25, processing: 56.25, total_response: 400, total_response_ambulance: 500 },
    [],
    'call_received',
  ],
  [
    'no ambulance on scene is a blank',
    { ...one, sent: [unit('POLICE', { assigned_at: 10, on_scene_at: 100 })] },
    { answer: 4.25, processing: 5.75, total_response: 100 },
    [],
    'call_received',
  ],
  [
    'a corrected arrival counts',
    { ...one, sent: [unit('CRITICAL', { assigned_at: 10, on_scene_at: 100 }, { on_scene_at: 90 })] },
    { answer: 4.25, processing: 5.75, total_response: 90, total_response_ambulance: 90 },
    [],
    'call_received',
  ],
  [
    'raised by hand: from when it was raised',
    { received_at: at(0), call: null, sent: [unit('BASIC', { assigned_at: 10, on_scene_at: 100 })] },
    { total_response: 100, total_response_ambulance: 100 },
    [],
    'incident_received',
  ],
  [
    'raised by hand before its first call',
    {
      received_at: at(0),
      call: { created_at: at(20), answered_at: at(22) },
      sent: [unit('BASIC', { assigned_at: 10, on_scene_at: 100 })],
    },
    { answer: 2, total_response: 100, total_response_ambulance: 100 },
    ['processing'],
    'incident_received',
  ],
  [
    'answered before it rang',
    { ...one, call: { created_at: at(0), answered_at: at(-1) } },
    {},
    ['answer'],
    'call_received',
  ],
]

describe('of an incident', () => {
  for (const [name, course, expected, excluded, start] of courses) {
    test(name, () => {
      const shown = intervalsOfIncident(course)
      assert.deepEqual(shown.seconds, { ...none, ...expected })
      assert.deepEqual(shown.excluded, excluded)
      assert.equal(shown.clock_starts.total_response, start)
      assert.deepEqual(incidentIntervals.parse(shown), shown)
    })
  }
})

const someTimes = fc.record(
  Object.fromEntries(milestoneNames.map((name) => [name, fc.integer({ min: 0, max: 86_400_000 })])),
  { requiredKeys: [] },
) as fc.Arbitrary<Seconds>
const inSeconds = (ms: Seconds): Seconds =>
  Object.fromEntries(Object.entries(ms).map(([name, value]) => [name, (value as number) / 1_000]))

test('whatever the times: no figure is negative or finer than a millisecond, excluded ones are blank', () => {
  fc.assert(
    fc.property(someTimes, someTimes, (reached, corrected) => {
      const { seconds, excluded } = intervalsOfAssignment(stamped(inSeconds(reached), inSeconds(corrected)))
      for (const name of assignmentIntervalNames) {
        const value = seconds[name]
        if (excluded.includes(name)) assert.equal(value, null)
        else if (value !== null) assert.equal(value, Number(value.toFixed(3)))
        assert.ok(value === null || value >= 0)
      }
      const all: Seconds = { ...reached, ...corrected }
      const [from, to] = [all.assigned_at, all.on_scene_at]
      const response = from === undefined || to === undefined || to < from ? null : (to - from) / 1_000
      assert.equal(seconds.response, response)
    }),
  )
})

test('times in order exclude nothing, and turnout and travel make the response', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3_600_000), { minLength: 9, maxLength: 9 }), (drawn) => {
      const times = drawn.toSorted((a, b) => a - b)
      const reached = Object.fromEntries(Object.keys(whole).map((name, n) => [name, (times[n] ?? 0) / 1_000]))
      const { seconds, excluded } = intervalsOfAssignment(stamped(reached))
      assert.deepEqual(excluded, [])
      const ms = (name: AssignmentInterval) => Math.round((seconds[name] ?? Number.NaN) * 1_000)
      assert.equal(ms('turnout') + ms('travel'), ms('response'))
      assert.equal(ms('response') + ms('scene') + ms('transport') + ms('wall_time'), ms('task'))
    }),
  )
})
