import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Assignment, assignmentStatuses, isLive } from '@toneout/contract/model/assignment.ts'
import { type Call, callStatuses, emergencyTypes, priorityLevels } from '@toneout/contract/model/call.ts'
import { type Incident, incidentStatuses } from '@toneout/contract/model/incident.ts'
import { isRefusal } from '@toneout/contract/refusals.ts'
import { keyRoles, personRoles } from '@toneout/contract/roles.ts'
import * as rules from './rules.ts'

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 21, 7, minutes)).toISOString()
const now = at(30)

const incident = (more: Partial<Incident> = {}): Incident => ({
  id: 1,
  incident_number: 'I-26-000001',
  status: 'RECEIVED',
  priority: 2,
  emergency_type: 'CARDIAC',
  location: '12 Harbour St',
  latitude: 37.77,
  longitude: -122.41,
  notes: '',
  received_at: at(0),
  closed_at: null,
  disposition: null,
  merged_into: null,
  ...more,
})
const ended = (status: 'CLOSED' | 'CANCELLED', more: Partial<Incident> = {}) =>
  incident({ status, disposition: 'REFUSED', closed_at: at(20), ...more })

const never = {
  acknowledged_at: null,
  en_route_at: null,
  on_scene_at: null,
  at_patient_at: null,
  transporting_at: null,
  at_hospital_at: null,
  handover_done_at: null,
  cleared_at: null,
  cancelled_at: null,
  diverted_at: null,
}
const people = { unit_id: 5, paramedic_id: null, hospital_id: null, dispatcher_id: null }
const sent = (more: Partial<Assignment> = {}): Assignment => ({
  ...{ id: 10, incident_id: 1, status: 'ASSIGNED', assigned_at: at(1), reason: null },
  ...{ ...people, ...never, ...more },
})

const call = (more: Partial<Call> = {}): Call => ({
  ...{ id: 3, call_sid: 'CA1', caller_number: '+15550142', location: '12 Harbour St', status: 'ACTIVE' },
  ...{ emergency_type: 'CARDIAC', incident_number: null, priority_level: null, created_at: at(0) },
  ...{ answered_at: null, completed_at: null, duration_seconds: null, category: 'GENERAL', latitude: 37.77 },
  ...{ longitude: -122.41, escalated_to_911: false, units_dispatched: false, incident_id: null },
  ...{ language: null, answered_by: null, lost_contact: false, ...more },
})

const refusedWith = (decided: object) => (isRefusal(decided) ? decided.refused : 'nothing refused')

describe('an incident shows the furthest of its live units', () => {
  const alone = {
    ASSIGNED: 'DISPATCHED',
    ACKNOWLEDGED: 'DISPATCHED',
    EN_ROUTE: 'EN_ROUTE',
    ON_SCENE: 'ON_SCENE',
    AT_PATIENT: 'ON_SCENE',
    TRANSPORTING: 'TRANSPORTING',
    AT_HOSPITAL: 'AT_HOSPITAL',
    HANDOVER_DONE: 'AT_HOSPITAL',
    CLEARED: 'RECEIVED',
    CANCELLED: 'RECEIVED',
    DIVERTED: 'RECEIVED',
  } as const
  for (const status of assignmentStatuses) {
    for (const stored of incidentStatuses) {
      const expected = stored === 'CLOSED' || stored === 'CANCELLED' ? stored : alone[status]
      test(`${status} in ${stored} -> ${expected}`, () =>
        assert.equal(rules.deriveStatus([{ status }], stored), expected))
    }
  }
  test('nobody sent', () => assert.equal(rules.deriveStatus([], 'ON_SCENE'), 'RECEIVED'))
  test('several, in any order', () => {
    const many = (['EN_ROUTE', 'CLEARED', 'ON_SCENE', 'ASSIGNED'] as const).map((status) => ({ status }))
    assert.equal(rules.deriveStatus(many, 'RECEIVED'), 'ON_SCENE')
    assert.equal(rules.deriveStatus(many.toReversed(), 'RECEIVED'), 'ON_SCENE')
  })
})

describe('an open incident waits for its disposition only', () => {
  const served = sent({ status: 'CLEARED', on_scene_at: at(5), cleared_at: at(15) })
  const taken = (minute: number) => sent({ status: 'DIVERTED', diverted_at: at(minute) })
  const cases: [string, Assignment[], Incident['status'], string | null, boolean][] = [
    ['nobody sent', [], 'RECEIVED', null, false],
    ['cleared after being there', [served], 'RECEIVED', null, true],
    [
      'transported with every step skipped',
      [sent({ status: 'CLEARED', transporting_at: at(5), cleared_at: at(6) })],
      'RECEIVED',
      null,
      true,
    ],
    ['cleared on the way', [sent({ status: 'CLEARED', cleared_at: at(5) })], 'RECEIVED', null, false],
    ['cancelled', [sent({ status: 'CANCELLED', cancelled_at: at(5) })], 'RECEIVED', null, false],
    ['another unit is live', [served, sent()], 'DISPATCHED', null, false],
    ['another unit was cancelled', [served, sent({ status: 'CANCELLED' })], 'RECEIVED', null, true],
    ['another unit was taken away after it', [served, taken(16)], 'RECEIVED', null, false],
    ['another unit was taken away with it', [served, taken(15)], 'RECEIVED', null, false],
    ['another unit was taken away before it', [served, taken(14)], 'RECEIVED', null, true],
    ['taken away from the scene', [{ ...taken(9), on_scene_at: at(5) }], 'RECEIVED', null, false],
    ['reopened after it', [served], 'RECEIVED', at(20), false],
    ['reopened before it', [served], 'RECEIVED', at(10), true],
    ['closed', [served], 'CLOSED', null, false],
    ['cancelled incident', [served], 'CANCELLED', null, false],
  ]
  for (const [name, assignments, stored, reopened, expected] of cases) {
    test(name, () => assert.equal(rules.needsClosing(assignments, stored, reopened), expected))
  }
})

describe('closing and cancelling: every status of a unit', () => {
  for (const [to, decide] of [
    ['CLOSED', rules.decideClose],
    ['CANCELLED', rules.decideCancel],
  ] as const) {
    for (const status of assignmentStatuses) {
      const loaded = status === 'TRANSPORTING' || status === 'AT_HOSPITAL'
      const body = { disposition: 'FALSE_ALARM', force: loaded, reason: 'radio lost' } as const
      const recalled = ['ASSIGNED', 'ACKNOWLEDGED', 'EN_ROUTE'].includes(status) && to === 'CANCELLED'
      const end = recalled
        ? { id: 10, status: 'CANCELLED', cancelled_at: now, reason: 'radio lost' }
        : { id: 10, status: 'CLEARED', cleared_at: now }
      test(`${to} with ${status}`, () => {
        assert.deepEqual(decide(incident(), [sent({ status })], body, now), {
          incident: { status: to, disposition: 'FALSE_ALARM', closed_at: now },
          assignments: isLive(status) ? [end] : [],
        })
        const unforced = decide(incident(), [sent({ status })], { ...body, force: false }, now)
        const unexplained = decide(incident(), [sent({ status })], { ...body, reason: ' ' }, now)
        assert.equal(refusedWith(unforced), loaded ? 'patient_on_board' : 'nothing refused')
        assert.equal(refusedWith(unexplained), loaded ? 'reason_required' : 'nothing refused')
      })
    }
    for (const status of incidentStatuses) {
      test(`${to} from ${status}`, () => {
        const over = status === 'CLOSED' || status === 'CANCELLED'
        const from = over ? ended(status) : incident({ status })
        const again = decide(from, [], { disposition: 'REFUSED' }, now)
        if (status === to) assert.deepEqual(again, { incident: {}, assignments: [] })
        else assert.equal(refusedWith(again), over ? 'incident_not_open' : 'nothing refused')
        const other = decide(from, [], { disposition: 'NO_PATIENT' }, now)
        assert.equal(refusedWith(other), over ? 'incident_not_open' : 'nothing refused')
        assert.equal(refusedWith(decide(from, [], { disposition: null }, now)), 'disposition_required')
      })
    }
  }
  test('a recalled unit is told the disposition when no reason is given', () => {
    const decided = rules.decideCancel(incident(), [sent()], { disposition: 'FALSE_ALARM' }, now)
    assert.ok(!isRefusal(decided))
    assert.equal(decided.assignments[0]?.reason, 'FALSE_ALARM')
  })
})

describe('reopening', () => {
  const open = { status: 'RECEIVED', disposition: null, closed_at: null, merged_into: null }
  for (const status of incidentStatuses) {
    test(`from ${status}`, () => {
      const over = status === 'CLOSED' || status === 'CANCELLED'
      const decided = rules.decideReopen(incident({ status }), 'supervisor')
      if (over) assert.deepEqual(decided, open)
      else assert.equal(refusedWith(decided), 'incident_not_ended')
    })
  }
  for (const role of [...personRoles, ...keyRoles].filter((one) => one !== 'supervisor')) {
    test(`not by ${role}`, () =>
      assert.equal(refusedWith(rules.decideReopen(ended('CLOSED'), role)), 'forbidden'))
  }
  test('a merged one is split instead', () => {
    const merged = ended('CANCELLED', { merged_into: 2 })
    assert.equal(refusedWith(rules.decideReopen(merged, 'supervisor')), 'incident_merged')
  })
})

describe('raising by a call', () => {
  const nowhere = { location: ' ', latitude: null, longitude: null }
  const cases: [string, Partial<Call>, string][] = [
    ['linked', { incident_id: 4, emergency_type: null }, 'linked'],
    ['cancelled', { status: 'CANCELLED' }, 'cancelled'],
    ['type unknown', { emergency_type: null }, 'no_type'],
    ['nowhere', nowhere, 'no_place'],
    ['half a position', { ...nowhere, latitude: 37 }, 'no_place'],
    ['words only', { latitude: null, longitude: null }, 'raised, asks for a pin'],
    ['words and half a position', { longitude: null }, 'raised, asks for a pin'],
    ['position only', { location: '' }, 'raised'],
    ['position zero', { location: '', latitude: 0, longitude: 0 }, 'raised'],
    ...callStatuses
      .filter((status) => status !== 'CANCELLED')
      .map((status): [string, Partial<Call>, string] => [status, { status }, 'raised']),
    ...emergencyTypes.map((emergency_type): [string, Partial<Call>, string] => {
      const waits = emergency_type === 'POLICE' || emergency_type === 'OTHER'
      return [emergency_type, { emergency_type }, waits ? 'needs_person' : 'raised']
    }),
  ]
  for (const [name, more, expected] of cases) {
    test(`${name} -> ${expected}`, () => {
      const raising = rules.decideRaise(call(more))
      const pin = 'waits' in raising || !raising.needs_pin ? 'raised' : 'raised, asks for a pin'
      assert.equal('waits' in raising ? raising.waits : pin, expected)
      if ('waits' in raising) assert.ok(rules.waitReasons.includes(raising.waits))
    })
  }
  test('the setting is off', () => assert.deepEqual(rules.decideRaise(call(), false), { waits: 'auto_off' }))
  test('the first fields', () => {
    const { id: _, incident_number: __, ...expected } = incident()
    assert.deepEqual(rules.decideRaise(call()), { incident: expected, needs_pin: false })
    const half = rules.firstFields(call({ latitude: null }), 'POLICE')
    assert.deepEqual([half.latitude, half.longitude, half.emergency_type], [null, null, 'POLICE'])
  })
  for (const [at, level] of priorityLevels.entries()) {
    test(`priority of ${level}`, () => {
      const { priority } = rules.firstFields(call({ priority_level: level }), 'CARDIAC')
      assert.equal(priority, [4, 4, 3, 2, 1][at])
    })
  }
})

describe('suggesting duplicates', () => {
  /** 0.001 degrees of latitude are 111.2 m. */
  const north = (metres: number) => ({ latitude: 37.77 + metres / 111_195 })
  const blank = { latitude: null, longitude: null }
  const cases: [string, Partial<Incident>, Partial<Incident>, [number | null, number] | null][] = [
    ['here and now', {}, {}, [0, 0]],
    ['249 m and 20 minutes', {}, { ...north(249), received_at: at(20) }, [249, 20]],
    ['251 m', {}, north(251), null],
    ['21 minutes later', {}, { received_at: at(21) }, null],
    ['20 minutes before', { received_at: at(20) }, {}, [0, 20]],
    ['the same family', {}, { emergency_type: 'TRAUMA' }, [0, 0]],
    ['another family', {}, { emergency_type: 'FIRE' }, null],
    ['itself', {}, { id: 1 }, null],
    ['closed', {}, { status: 'CLOSED' }, null],
    ['words, neither has a position', blank, { ...blank, location: ' 12 HARBOUR  St. ' }, [null, 0]],
    ['words, one has a position', {}, blank, [null, 0]],
    ['words, half a position', {}, { longitude: null }, [null, 0]],
    ['other words', blank, { ...blank, location: '13 Harbour St' }, null],
    ['words too late', blank, { ...blank, received_at: at(21) }, null],
    ['no words', { ...blank, location: '' }, { ...blank, location: ' - ' }, null],
    ['equal words far away', {}, north(5_000), null],
  ]
  for (const [name, mine, theirs, expected] of cases) {
    test(name, () => {
      const found = rules.suggestDuplicates(incident(mine), [incident({ id: 2, ...theirs })])
      const [metres, minutes] = expected ?? []
      assert.deepEqual(found, expected ? [{ incident_id: 2, metres, minutes }] : [])
    })
  }
  test('nearest first, then the shortest time apart, words last, five at most', () => {
    const places = [blank, north(200), { ...north(100), received_at: at(9) }, north(100), north(1), north(50)]
    const open = places.map((more, at) => incident({ id: at + 2, ...more }))
    const found = (list: Incident[]) =>
      rules.suggestDuplicates(incident(), list).map((one) => one.incident_id)
    assert.deepEqual(found(open), [6, 7, 5, 4, 3])
    assert.deepEqual(found(open.slice(0, 3)), [4, 3, 2])
  })
})

describe('incident numbers', () => {
  const cases: [string, number, number, string][] = [
    ['I-{yy}-{000000}', 2026, 4217, 'I-26-004217'],
    ['{yyyy}/{0}', 2026, 7, '2026/7'],
    ['{yy}{000}', 2105, 1234, '051234'],
    ['FIRE-{yy}-', 2026, 12, 'FIRE-26-12'],
    ['{x}{00}', 2026, 3, '{x}03'],
  ]
  for (const [template, year, count, expected] of cases) {
    test(`${template} -> ${expected}`, () =>
      assert.equal(rules.formatIncidentNumber(template, year, count), expected))
  }
})
