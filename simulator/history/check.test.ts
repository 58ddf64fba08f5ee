import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkHistory } from './check.ts'
import { assertFound, type Breaking } from './expect-violation.ts'
import { attempt, makeSound, row, without } from './sound-history.ts'
import { at } from './sound-rows.ts'

test('a sound history has no violation', () => {
  const { attempts, state } = makeSound()
  assert.deepEqual(checkHistory(attempts, state), [])
})

const broken: Breaking[] = [
  [
    'nothing was acknowledged',
    ['P0'],
    /nothing/,
    (one) => {
      one.attempts = []
      const none = { incidents: [], assignments: [], orders: [], facts: [], units: [], hospitals: [] }
      one.state = { given: [], ...none }
    },
  ],
  [
    'an acknowledged assignment is gone',
    ['P1', 'P2', 'P7'],
    /assignment 1 is gone/,
    ({ state }) => without(state.assignments, ({ id }) => id === 1),
  ],
  [
    'an acknowledged milestone was written anew',
    ['P1'],
    /en_route_at was/,
    (one) => {
      row(one, 1).en_route_at = at(3)
      one.state.facts.find(({ type }) => type === 'unit_en_route')!.data.happened_at = at(3)
    },
  ],
  [
    'a step was answered for another assignment',
    ['P1'],
    /something else/,
    (one) => {
      attempt(one, 'step').action = { assignment_id: 6, to: 'CLEARED' }
    },
  ],
  [
    'an acknowledged order is not kept',
    ['P1', 'P2'],
    /order A is not kept/,
    ({ state }) => without(state.orders, ({ order_id }) => order_id === 'A'),
  ],
  [
    'the kept reply is another',
    ['P1'],
    /the kept reply is another/,
    ({ state }) => {
      state.orders[0]!.reply.warnings = ['full']
    },
  ],
  [
    'an acknowledged dispatch of the older endpoint is not there',
    ['P1', 'P2', 'P7'],
    /was not sent/,
    (one) => {
      attempt(one, 'seed').reply.emergency_call.dispatched_at = at(9)
    },
  ],
  [
    'an incident that was ended is open',
    ['P1', 'P7'],
    /is not ended so/,
    ({ state }) => {
      Object.assign(state.incidents[2]!, { status: 'RECEIVED', closed_at: null, disposition: null })
    },
  ],
  [
    'an opened incident is not there',
    ['P1'],
    /incident 3 is not there/,
    (one) => {
      attempt(one, 'open').action.notes = 'd'
      one.state.given.push(3)
    },
  ],
  [
    'one order_id has two answers',
    ['P1', 'P2'],
    /a second answer/,
    (one) => {
      const again = structuredClone(attempt(one, 'order'))
      again.reply.warnings = ['another']
      one.attempts.push({ ...again, n: 99 })
    },
  ],
  [
    'one order_id has two sets of rows',
    ['P2'],
    /made other rows than it answered/,
    (one) => {
      one.state.facts.find(({ data }) => data.diverted_from === 1)!.data.order_id = 'A'
    },
  ],
  [
    'an order made rows and is not kept',
    ['P2'],
    /made rows and is not kept/,
    (one) => {
      one.state.facts.find(({ data }) => data.diverted_from === 1)!.data.order_id = 'C'
    },
  ],
  [
    'a row has two makers',
    ['P1', 'P2'],
    /was made by order A and by request/,
    (one) => {
      one.state.facts.find(({ data }) => data.diverted_from === 1)!.data.order_id = 'A'
      const third = structuredClone(row(one, 3))
      for (const reply of [one.state.orders[0]!.reply, attempt(one, 'order').reply])
        reply.assignments.push(third)
    },
  ],
  [
    'nobody asked for a row',
    ['P2'],
    /nobody asked for assignment 5/,
    (one) => {
      attempt(one, 'seed', 'unknown').outcome = 'fail'
    },
  ],
  [
    'an order that was refused is there',
    ['P2'],
    /nobody asked for order B/,
    (one) => {
      one.attempts.find(({ action }) => 'order_id' in action && action.order_id === 'B')!.outcome = 'fail'
    },
  ],
  [
    'nobody opened an incident',
    ['P2'],
    /nobody opened incident 2/,
    ({ state }) => {
      state.given = [1, 4, 5]
    },
  ],
  [
    'a unit is in two places',
    ['P3'],
    /unit 11: assignment 4 began .* assignment 1 ended/,
    (one) => {
      row(one, 1).cleared_at = at(7)
      for (const each of one.attempts) if (each.kind === 'step') each.outcome = 'unknown'
      one.state.facts.find(({ type }) => type === 'unit_cleared')!.data.happened_at = at(7)
    },
  ],
  [
    'a paramedic is in two units',
    ['P3'],
    /paramedic 7/,
    (one) => {
      row(one, 3).paramedic_id = 7
      attempt(one, 'divert').reply.assignment.paramedic_id = 7
    },
  ],
  [
    'a unit off duty was sent',
    ['duty'],
    /unit 13 became AVAILABLE while on 6/,
    (one) => {
      Object.assign(attempt(one, 'duty'), {
        action: { unit_id: 13, duty: 'AVAILABLE' },
        reply: { live: [6] },
      })
    },
  ],
]

describe('what was asked, answered and kept', () => {
  for (const breaking of broken) test(breaking[0], () => assertFound(breaking))
})
