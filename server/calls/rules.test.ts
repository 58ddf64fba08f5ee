import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Call, callOpening, callStatuses, isTerminal } from '@toneout/contract/model/call.ts'
import type { Interaction } from '@toneout/contract/model/interaction.ts'
import {
  decideAddition,
  decideChange,
  decideEnd,
  decideOpening,
  decideRepeatedOpening,
  decideRevision,
} from './rules.ts'

const now = '2026-11-21T07:10:00.000Z'
const start = '2026-11-21T07:00:00.000Z'
const parse = (body: object) => callOpening.parse({ call_sid: 'CA1', caller_number: '+15550142', ...body })
const opened = (body: object = {}): Call => decideOpening(parse(body), 1, start)

describe('opening a call', () => {
  const cases: [string, object, Partial<Call>][] = [
    ['smallest body', {}, { status: 'ACTIVE', location: '', category: 'GENERAL', emergency_type: null }],
    ['blank status', { status: '' }, { status: 'ACTIVE' }],
    [
      'lower case',
      { emergency_type: 'cardiac', priority_level: 'high' },
      { emergency_type: 'CARDIAC', priority_level: 'HIGH' },
    ],
    ['unknown type', { emergency_type: 'unknown' }, { emergency_type: null }],
    [
      'the word undefined',
      { emergency_type: 'undefined', location: 'undefined' },
      { emergency_type: null, location: '' },
    ],
    [
      'earlier created_at',
      { created_at: '2026-11-21T06:59:00Z' },
      { created_at: '2026-11-21T06:59:00.000Z' },
    ],
    [
      'created_at in the future is taken as now',
      { created_at: '2026-11-21T09:00:00Z' },
      { created_at: start },
    ],
    [
      'already over',
      { status: 'completed', duration_seconds: 42 },
      { status: 'COMPLETED', completed_at: start, duration_seconds: 42 },
    ],
    [
      'ids are ours',
      { id: 99, incident_id: 4, lost_contact: true },
      { id: 1, incident_id: null, lost_contact: false },
    ],
  ]
  for (const [name, body, expected] of cases) {
    test(name, () => {
      const call = opened(body)
      for (const [field, value] of Object.entries(expected))
        assert.equal(call[field as keyof Call], value, field)
    })
  }
})

describe('the same call_sid again fills what is unknown and overwrites nothing', () => {
  const cases: [string, object, object, object][] = [
    ['fills the location', {}, { location: '12 Harbour St' }, { location: '12 Harbour St' }],
    ['keeps the location', { location: 'Quay 4' }, { location: '12 Harbour St' }, {}],
    ['keeps the number', {}, { caller_number: '+15550999' }, {}],
    ['fills the default category', {}, { category: 'CHEST_PAIN' }, { category: 'CHEST_PAIN' }],
    ['keeps a known category', { category: 'FALL' }, { category: 'CHEST_PAIN' }, {}],
    ['raises a flag', {}, { escalated_to_911: true }, { escalated_to_911: true }],
    ['never lowers a flag', { escalated_to_911: true }, { escalated_to_911: false }, {}],
    ['ignores a status', {}, { status: 'COMPLETED' }, {}],
    ['fills coordinates of zero', {}, { latitude: 0, longitude: 0 }, { latitude: 0, longitude: 0 }],
  ]
  for (const [name, first, second, expected] of cases) {
    test(name, () => assert.deepEqual(decideRepeatedOpening(opened(first), parse(second)), expected))
  }
})

describe('status changes: every status to every status', () => {
  for (const from of callStatuses) {
    for (const to of callStatuses) {
      test(`${from} -> ${to}`, () => {
        const decided = decideChange(opened({ status: from }), { status: to }, now)
        if (from === to) assert.deepEqual(decided, {})
        else if (isTerminal(from)) assert.equal('refused' in decided && decided.refused, 'call_ended')
        else if (isTerminal(to)) {
          assert.deepEqual(decided, { status: to, completed_at: now, duration_seconds: 600 })
        } else assert.deepEqual(decided, { status: to })
      })
    }
  }
})

test('an ended call keeps its end, late facts are still taken', () => {
  const ended = opened({ status: 'COMPLETED', duration_seconds: 42 })
  const body = { location: 'Quay 4', duration_seconds: 99, completed_at: now, status: 'COMPLETED' } as const
  assert.deepEqual(decideChange(ended, body, now), { location: 'Quay 4' })
})

test('another call_sid in the body is refused by name', () => {
  const decided = decideChange(opened(), { call_sid: 'CA2' }, now)
  assert.ok('refused' in decided && decided.refused === 'invalid' && decided.fields?.call_sid)
})

describe('the end is stamped by the client when that is possible', () => {
  const cases: [string, object, string, number][] = [
    ['nothing said', {}, now, 600],
    ['said', { completed_at: '2026-11-21T07:05:00.000Z' }, '2026-11-21T07:05:00.000Z', 300],
    ['before the call', { completed_at: '2026-11-21T06:00:00.000Z' }, now, 600],
    ['in the future', { completed_at: '2026-11-21T08:00:00.000Z' }, now, 600],
    ['length said', { duration_seconds: 0 }, now, 0],
  ]
  for (const [name, body, completed_at, duration_seconds] of cases) {
    test(name, () => assert.deepEqual(decideEnd(start, body, now), { completed_at, duration_seconds }))
  }
})

test('a length said before the end is kept at the end', () => {
  const decided = decideChange({ ...opened(), duration_seconds: 77 }, { status: 'COMPLETED' }, now)
  assert.ok(!('refused' in decided))
  assert.equal(decided.duration_seconds ?? 77, 77)
})

const said = (more: Partial<Interaction> = {}): Interaction => ({
  ...decideAddition(
    opened(),
    { speaker: 'CALLER', message: 'He fell', is_final: false },
    { id: 5, highest: 6 },
    now,
  ),
  ...more,
})

test('an utterance without a sequence follows the highest', () => assert.equal(said().sequence, 7))

test('an utterance keeps its own sequence', () => {
  const body = { speaker: 'CALLER', message: 'x', sequence: 3 } as const
  assert.equal(decideAddition(opened(), body, { id: 5, highest: 6 }, now).sequence, 3)
})

describe('revising an utterance', () => {
  const cases: [string, Partial<Interaction>, object, object | string][] = [
    ['partial: new text', {}, { message: 'He fell down' }, { message: 'He fell down' }],
    ['partial: final word', {}, { is_final: true }, { is_final: true }],
    ['partial: nothing new', {}, { message: 'He fell' }, {}],
    ['partial and empty: cannot become final', { message: '' }, { is_final: true }, 'invalid'],
    ['final: another text', { is_final: true }, { message: 'He jumped' }, 'interaction_final'],
    ['final: the same again', { is_final: true }, { message: 'He fell', is_final: true }, {}],
    ['final: back to partial', { is_final: true }, { is_final: false }, 'interaction_final'],
  ]
  for (const [name, before, body, expected] of cases) {
    test(name, () => {
      const decided = decideRevision(said(before), body)
      if (typeof expected === 'string') assert.equal('refused' in decided && decided.refused, expected)
      else assert.deepEqual(decided, expected)
    })
  }
})
