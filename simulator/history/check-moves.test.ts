import { describe, test } from 'node:test'
import { assertFound, type Breaking } from './expect-violation.ts'
import { attempt, factOf, row, without } from './sound-history.ts'
import { at, type Case } from './sound-rows.ts'

const incident = ({ state }: Case, id: number) => state.incidents.find((one) => one.id === id)!
const factsOf = ({ state }: Case, type: string) => state.facts.filter((fact) => fact.type === type)
/** Gives a fact the place of another among the facts. */
const swap = (a: { id: number }, b: { id: number }) => {
  ;[a.id, b.id] = [b.id, a.id]
}

const moved: Breaking[] = [
  [
    'an assignment stays where a split took it from',
    ['moves', 'incident'],
    /assignment 7 is at incident 5, its facts say 4/,
    (one) => {
      row(one, 7).incident_id = 5
    },
  ],
  [
    'a merge leaves a live unit behind that goes on at the ended incident',
    ['P1', 'incident'],
    /assignment_acknowledged .* after its end/,
    (one) => {
      for (const { data } of [...factsOf(one, 'calls_merged'), ...factsOf(one, 'calls_split')]) {
        data.assignment_ids = []
      }
      factOf(one, 'assignment_acknowledged').incident_id = 4
    },
  ],
  [
    'a merge moves what was at another incident',
    ['moves', 'P7', 'P1'],
    /assignment 3 is moved by a merge from 4 and was at 2/,
    (one) => {
      for (const { data } of factsOf(one, 'calls_merged')) data.assignment_ids = [3, 7]
      row(one, 3).incident_id = 5
      incident(one, 2).status = 'DISPATCHED'
      incident(one, 5).status = 'DISPATCHED'
      attempt(one, 'divert').reply.assignment.incident_id = 9
      one.state.facts.find(({ data }) => data.diverted_from === 1)!.data.happened_at = at(6)
    },
  ],
  [
    'a merge moves what had ended',
    ['P1', 'P2', 'P7', 'moves'],
    /assignment 4 is moved by a merge and had ended/,
    (one) => {
      for (const fact of [...factsOf(one, 'calls_merged'), ...factsOf(one, 'calls_split')]) {
        Object.assign(fact.data, { from_id: 2, assignment_ids: [4] })
        if (fact.incident_id === 4) fact.incident_id = 2
      }
    },
  ],
  [
    'what is shown was never at that incident',
    ['P1'],
    /it was never at incident 2/,
    (one) => {
      const shown = one.attempts.find(
        ({ kind, action }) => kind === 'step' && 'to' in action && action.to === 'ACKNOWLEDGED',
      )
      ;(shown!.reply as { incident_id: number }).incident_id = 2
    },
  ],
  [
    'nobody asked for a merge',
    ['P2'],
    /nobody asked for merge 4 into 5/,
    (one) => {
      attempt(one, 'merge').outcome = 'fail'
    },
  ],
  [
    'a split that was acknowledged has no fact',
    ['P7', 'moves', 'incident'],
    /split 4 was acknowledged and has no fact/,
    (one) => {
      for (const _ of [1, 2]) without(one.state.facts, ({ type }) => type === 'calls_split')
      const end = {
        status: 'CANCELLED',
        disposition: 'DUPLICATE',
        closed_at: at(14),
        merged_into: 5,
      } as const
      Object.assign(incident(one, 4), end)
    },
  ],
  [
    'one side of a merge has no fact',
    ['P7'],
    /one side of the merge of 4 and 5/,
    ({ state }) =>
      without(state.facts, ({ type, incident_id }) => type === 'calls_merged' && incident_id === 5),
  ],
  [
    'an incident is split that was not merged',
    ['incident', 'P7', 'moves'],
    /is split from 5 and was not merged into it/,
    (one) => {
      const [[merge], [split]] = [factsOf(one, 'calls_merged'), factsOf(one, 'calls_split')]
      swap(merge!, split!)
    },
  ],
]

const reopened: Breaking[] = [
  [
    'an incident that ended is open without a reopening',
    ['P7', 'P1'],
    /incident 6 is RECEIVED, its facts say CANCELLED/,
    (one) => {
      Object.assign(incident(one, 6), { status: 'RECEIVED', closed_at: null, disposition: null })
    },
  ],
  [
    'nobody asked for a reopening',
    ['P2'],
    /nobody asked for incident_reopened 6/,
    (one) => {
      attempt(one, 'reopen').outcome = 'fail'
    },
  ],
  [
    'an incident ends twice without a reopening in between',
    ['P7', 'incident'],
    /ends again .* after its end/,
    ({ state }) => without(state.facts, ({ type }) => type === 'incident_reopened'),
  ],
  [
    'an incident is reopened before it ended',
    ['incident'],
    /is reopened .* and was open/,
    (one) => {
      const closed = factsOf(one, 'incident_closed').find(({ incident_id }) => incident_id === 6)!
      swap(closed, factOf(one, 'incident_reopened'))
    },
  ],
]

const retired: Breaking[] = [
  [
    'a unit is retired while it is bound',
    ['retired', 'P7', 'P2'],
    /unit 14 was retired .* while 7 was live/,
    (one) => {
      for (const fact of factsOf(one, 'unit_changed')) fact.unit_id = 14
    },
  ],
  [
    'the retirement of a bound unit is acknowledged and stands',
    ['retired'],
    /unit 14 is retired and assignment 7 is live/,
    (one) => {
      for (const fact of factsOf(one, 'unit_changed')) fact.unit_id = 14
      without(one.state.facts, ({ data }) => data.action === 'restored')
      one.state.units.find(({ id }) => id === 14)!.retired_at = at(21)
      Object.assign(attempt(one, 'retire'), { action: { what: 'unit', id: 14 } })
      attempt(one, 'retire').reply.id = 14
    },
  ],
  [
    'a retired unit is sent',
    ['retired'],
    /unit 12 was sent/,
    (one) => {
      for (const fact of factsOf(one, 'unit_changed')) fact.unit_id = 12
      for (const kind of ['retire', 'restore'] as const) attempt(one, kind).action.id = 12
      factOf(one, 'unit_changed').id = 0
    },
  ],
  [
    'a hospital is retired while somebody goes there',
    ['retired', 'P2'],
    /hospital 8 was retired .* while 7 was live/,
    (one) => {
      factOf(one, 'hospital_changed').data.hospital_id = 8
    },
  ],
  [
    'a retired hospital is named',
    ['retired'],
    /hospital 8 was named/,
    (one) => {
      Object.assign(factOf(one, 'hospital_changed'), { id: 0, data: { action: 'retired', hospital_id: 8 } })
      attempt(one, 'retire', 'unknown').action.id = 8
      one.state.hospitals.reverse()
      for (const [at, each] of one.state.hospitals.entries()) each.id = 8 + at
    },
  ],
  [
    'what was taken out of use is in use',
    ['retired'],
    /hospital 9 is retired null, its facts say/,
    ({ state }) => {
      state.hospitals[1]!.retired_at = null
    },
  ],
  [
    'an acknowledged retirement has no fact',
    ['P7'],
    /was acknowledged and has no fact/,
    (one) => {
      attempt(one, 'retire').reply.retired_at = at(24)
    },
  ],
  [
    'nobody asked for a retirement',
    ['P2'],
    /nobody asked for hospital_retired 9/,
    (one) => {
      attempt(one, 'retire', 'unknown').outcome = 'fail'
    },
  ],
]

describe('merges and splits', () => {
  for (const breaking of moved) test(breaking[0], () => assertFound(breaking))
})
describe('reopening', () => {
  for (const breaking of reopened) test(breaking[0], () => assertFound(breaking))
})
describe('taking out of use', () => {
  for (const breaking of retired) test(breaking[0], () => assertFound(breaking))
})
