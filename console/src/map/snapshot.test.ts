import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'
import { addToCentre, emptyCentre } from '../live/centre.ts'
import { anIncident, aUnit } from '../live/rows.fixture.ts'
import { boundsOf, type Moment, type Seen, takeSnapshot } from './snapshot.ts'

const now = Date.parse('2026-11-21T12:00:00.000Z')
const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString()

const unit = (id: number, more: Partial<Unit> = {}): Unit => ({
  ...aUnit(id),
  ...{ unit_number: `M${id}`, unit_type: 'ADVANCED', status: 'AVAILABLE', retired_at: null },
  ...{ latitude: 1, longitude: 2, position_at: ago(5) },
  ...more,
})
const incident = (id: number, more: Partial<Incident> = {}): Incident => ({
  ...anIncident(id),
  ...{ status: 'RECEIVED', priority: 1, closed_at: null, awaiting_close_since: null },
  ...{ latitude: 3, longitude: 4 },
  ...more,
})

type Given = { units?: Unit[]; incidents?: Incident[]; seen?: Record<number, Seen> } & Partial<Moment>

function moment({ units = [], incidents = [], seen = {}, ...more }: Given = {}): Moment {
  return {
    centre: addToCentre(emptyCentre, { units, incidents }, 1),
    where: (id) => seen[id],
    ...{ heard: 0, hospitals: [], stations: [], incident: null, recommended: new Set(), route: null, now },
    ...more,
  }
}

const iconOf = (given: Given, of: 'units' | 'incidents') =>
  takeSnapshot(moment(given))[of].features.map(({ properties }) => properties.icon)

describe('how a unit is drawn', () => {
  const cases: [string, Given, string[]][] = [
    ['free and fresh', { units: [unit(1)] }, ['unit/box/free///M1']],
    ['sent', { units: [unit(1, { status: 'EN_ROUTE' })] }, ['unit/box/sent///M1']],
    ['out of service', { units: [unit(1, { status: 'OUT_OF_SERVICE' })] }, ['unit/box/out///M1']],
    [
      'hollow with its age from a minute on',
      { units: [unit(1, { position_at: ago(61) })] },
      ['unit/box/free/1m//M1'],
    ],
    ['old from five minutes on', { units: [unit(1, { position_at: ago(301) })] }, ['unit/box/free/old//M1']],
    ['recommended', { units: [unit(1)], recommended: new Set([1]) }, ['unit/box/free//picked/M1']],
    ['calling for help', { units: [unit(1, { duress_at: ago(3) })] }, ['unit/box/free//duress/M1']],
    ['of the fire service', { units: [unit(1, { unit_type: 'FIRE' })] }, ['unit/cut/free///M1']],
    ['of the police', { units: [unit(1, { unit_type: 'POLICE' })] }, ['unit/round/free///M1']],
    ['not at all off duty', { units: [unit(1, { status: 'OFF_DUTY' })] }, []],
    ['not at all when retired', { units: [unit(1, { retired_at: ago(9) })] }, []],
    ['not at all without a position', { units: [unit(1, { latitude: null })] }, []],
  ]
  for (const [how, given, icons] of cases) it(how, () => assert.deepEqual(iconOf(given, 'units'), icons))

  it('where it was heard last, be it by its row or by the feed', () => {
    const seen = {
      1: { latitude: 7, longitude: 8, at: ago(1) },
      2: { latitude: 7, longitude: 8, at: ago(9) },
    }
    const { units } = takeSnapshot(moment({ units: [unit(1), unit(2)], seen }))
    const places = units.features.map(({ geometry }) => geometry.coordinates)
    assert.deepEqual(places, [
      [8, 7],
      [2, 1],
    ])
  })
})

describe('how an incident is drawn', () => {
  const cases: [string, Given, string[]][] = [
    ['filled while it waits', { incidents: [incident(1)] }, ['incident/1/waits/']],
    [
      'in outline once a unit is sent',
      { incidents: [incident(1, { status: 'EN_ROUTE' })] },
      ['incident/1//'],
    ],
    [
      'with a ring when it is selected',
      { incidents: [incident(1)], incident: 1 },
      ['incident/1/waits/chosen'],
    ],
    ['not at all once it is closed', { incidents: [incident(1, { closed_at: ago(1) })] }, []],
    ['not at all without a position', { incidents: [incident(1, { longitude: null })] }, []],
  ]
  for (const [how, given, icons] of cases) it(how, () => assert.deepEqual(iconOf(given, 'incidents'), icons))

  it('and those without a position are counted', () => {
    const incidents = [incident(1), incident(2, { latitude: null, longitude: null })]
    assert.equal(takeSnapshot(moment({ incidents })).unplaced, 1)
  })
})

describe('what is drawn again', () => {
  const first = moment({ units: [unit(1)], incidents: [incident(1)] })
  const snapshot = takeSnapshot(first)
  const again = (change: Partial<Moment>) =>
    takeSnapshot({ ...first, ...change }, { moment: first, snapshot })

  const differing = (after: typeof snapshot) =>
    (Object.keys(after) as (keyof typeof snapshot)[]).filter((name) => after[name] !== snapshot[name])

  it('is nothing while nothing happened', () => assert.deepEqual(differing(again({ now: now + 100 })), []))
  it('is the units when positions were heard', () =>
    assert.deepEqual(differing(again({ heard: 1 })), ['units']))
  it('is the units when their ages grew', () =>
    assert.deepEqual(differing(again({ now: now + 60_000 })), ['units']))
  it('is the incidents when another is selected', () =>
    assert.deepEqual(differing(again({ incident: 1 })), ['incidents']))
  it('is the stations when they were read', () =>
    assert.deepEqual(differing(again({ stations: [] })), ['stations']))
})

describe('what holds everything', () => {
  it('is nothing when there is nothing', () => assert.equal(boundsOf(takeSnapshot(moment())), null))
  it('reaches from the first mark to the last', () => {
    const given = { units: [unit(1), unit(2, { latitude: -5 })], incidents: [incident(1)] }
    assert.deepEqual(boundsOf(takeSnapshot(moment(given))), [2, -5, 4, 3])
  })
})
