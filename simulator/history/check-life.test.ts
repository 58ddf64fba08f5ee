import { describe, test } from 'node:test'
import { assertFound, type Breaking } from './expect-violation.ts'
import { factOf, row, without } from './sound-history.ts'
import { at } from './sound-rows.ts'

const broken: Breaking[] = [
  [
    'a milestone has no fact',
    ['P7'],
    /0 unit_en_route instead of 1/,
    ({ state }) => without(state.facts, ({ type }) => type === 'unit_en_route'),
  ],
  [
    'an end of an incident has no fact',
    ['P1', 'P7'],
    /is CLOSED, its facts say open/,
    ({ state }) => without(state.facts, ({ type }) => type === 'incident_closed'),
  ],
  [
    'an opening has no fact',
    ['P7'],
    /acknowledged and has no fact/,
    ({ state }) => without(state.facts, ({ type }) => type === 'incident_raised'),
  ],
  [
    'a fact tells another instant',
    ['P7'],
    /tells another unit_en_route/,
    ({ state }) => {
      state.facts.find(({ type }) => type === 'unit_en_route')!.data.happened_at = at(3)
    },
  ],
  [
    'a fact is about nothing',
    ['P7'],
    /about no assignment that is there/,
    ({ state }) => {
      state.facts.push({ ...state.facts[0]!, id: 99, data: { assignment_id: 77 } })
    },
  ],
  [
    'a step the table does not have',
    ['P7', 'transitions'],
    /ON_SCENE -> CANCELLED/,
    (one) => {
      row(one, 4).on_scene_at = at(6)
    },
  ],
  [
    'the same by the facts alone',
    ['transitions'],
    /CLEARED by its facts|after its end by CLEARED by its/,
    (one) => {
      const [early, late] = [factOf(one, 'unit_en_route'), factOf(one, 'unit_cleared')]
      ;[early.id, late.id] = [late.id, early.id]
    },
  ],
  [
    'a milestone after the end',
    ['P7', 'transitions'],
    /CANCELLED after its end by CLEARED/,
    (one) => {
      row(one, 6).cancelled_at = at(13)
    },
  ],
  [
    'a status that is not the last milestone',
    ['transitions', 'incident'],
    /its last milestone is ASSIGNED/,
    (one) => {
      row(one, 3).status = 'EN_ROUTE'
    },
  ],
  [
    'milestones out of order',
    ['milestones'],
    /cancelled_at .* is before assigned_at/,
    (one) => {
      row(one, 4).cancelled_at = at(5)
      factOf(one, 'unit_cancelled').data.happened_at = at(5)
    },
  ],
  [
    'an incident that shows what its units do not say',
    ['incident'],
    /is EN_ROUTE, its live units say DISPATCHED/,
    ({ state }) => {
      state.incidents[1]!.status = 'EN_ROUTE'
    },
  ],
  [
    'a closed incident that holds a live unit',
    ['P7', 'incident'],
    /holds the live assignment 3/,
    ({ state }) => {
      const closed = { status: 'CLOSED' as const, closed_at: at(20), disposition: 'REFUSED' as const }
      Object.assign(state.incidents[1]!, closed)
    },
  ],
  [
    'a unit that reports after its incident ended',
    ['incident'],
    /unit_cleared .* after its end/,
    (one) => {
      const { facts } = one.state
      const [end, last] = [
        factOf(one, 'incident_closed'),
        facts.find(({ incident_id, type }) => type === 'unit_cleared' && incident_id === 3)!,
      ]
      ;[end.id, last.id] = [last.id, end.id]
    },
  ],
]

describe('facts and the life of assignments and incidents', () => {
  for (const breaking of broken) test(breaking[0], () => assertFound(breaking))
})
