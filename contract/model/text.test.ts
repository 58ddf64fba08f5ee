import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { z } from 'zod'
import { callQuery } from '../operations/calls.ts'
import { callChange, callOpening } from './call.ts'
import { interactionAddition } from './interaction.ts'
import { optionalNumber } from './text.ts'

/** Each fault as field and message. */
function faultsOf(schema: z.ZodType, value: unknown): string[] {
  const { error } = schema.safeParse(value)
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
}

const whole = optionalNumber(0, 100, true)
const share = optionalNumber(-1, 1)

describe('optionalNumber', () => {
  const taken: [unknown, number | undefined][] = [
    [0, 0],
    [100, 100],
    ['100', 100],
    [' 7 ', 7],
    ['7.0', 7],
    ['', undefined],
    [null, undefined],
    ['undefined', undefined],
  ]
  for (const [value, number] of taken) {
    test(`takes ${JSON.stringify(value)}`, () => assert.equal(whole.parse(value), number))
  }

  const refused = [
    101,
    '101',
    1e300,
    2 ** 53,
    -1,
    -1e300,
    1.5,
    -1.5,
    100.5,
    '-0.5',
    Number.NaN,
    Infinity,
    'x',
    [],
    {},
    true,
  ]
  for (const value of refused) {
    test(`names once what is wrong with ${typeof value} ${value}`, () => {
      assert.deepEqual(faultsOf(whole, value), [': Must be a whole number from 0 to 100.'])
    })
  }
  for (const value of [1.01, -2, 'x', Infinity]) {
    test(`names once what is wrong with ${typeof value} ${value}, where parts are allowed`, () => {
      assert.deepEqual(faultsOf(share, value), [': Must be a number from -1 to 1.'])
    })
  }
})

describe('a body in which all is wrong', () => {
  const odd = [-1e9, 1e12, 1.5, 'x'.repeat(30_000), [], {}]
  const fields = {
    interactionAddition: [
      'sequence',
      'speaker',
      'message',
      'confidence',
      'language',
      'spoken_at',
      'is_final',
    ],
    callOpening: [
      'call_sid',
      'caller_number',
      'latitude',
      'longitude',
      'duration_seconds',
      'status',
      'location',
    ],
    callChange: ['latitude', 'duration_seconds', 'emergency_type', 'completed_at', 'escalated_to_911'],
    callQuery: ['page_size', 'ordering', 'status', 'cursor', 'search', 'lost_contact', 'created_after'],
  }
  const schemas = { interactionAddition, callOpening, callChange, callQuery }
  for (const [name, schema] of Object.entries(schemas) as [keyof typeof fields, z.ZodType][]) {
    for (const value of odd) {
      test(`${name}: each fault is named once: ${JSON.stringify(value).slice(0, 20)}`, () => {
        const faults = faultsOf(schema, Object.fromEntries(fields[name].map((field) => [field, value])))
        assert.ok(faults.length > 0)
        assert.deepEqual(faults, [...new Set(faults)])
      })
    }
  }

  test('a sequence over the limit', () => {
    const body = { speaker: 'CALLER', message: 'x', sequence: 2 ** 31 }
    const fault = 'sequence: Must be a whole number from 0 to 2147483647.'
    assert.deepEqual(faultsOf(interactionAddition, body), [fault])
    assert.deepEqual(faultsOf(interactionAddition, { ...body, sequence: 2 ** 60 }), [fault])
  })
})
