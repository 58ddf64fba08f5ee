import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Call } from '@toneout/contract/model/call.ts'
import type { Interaction } from '@toneout/contract/model/interaction.ts'
import { compare, doubt, expectCall, expectChange, expectOpening } from './expectation.ts'

const row = {
  id: 7,
  status: 'COMPLETED',
  caller_number: '+15555550142',
  location: '214 Kestrel Street',
  emergency_type: 'CARDIAC',
  latitude: 44.6,
  completed_at: '2026-11-21T07:05:00.000Z',
  duration_seconds: 300,
} as Call
const said = (sequence: number, message: string): Interaction => ({
  id: sequence + 100,
  call: 7,
  call_sid: 'CA1',
  sequence,
  speaker: 'CALLER',
  message,
  timestamp: '2026-11-21T07:00:02.000Z',
  spoken_at: '2026-11-21T07:00:01.000Z',
  confidence: 0.9,
  language: 'en',
  is_final: true,
})
const lines = [said(1, 'hello'), said(2, 'help')]

function expected() {
  const call = expectCall('CA1', 'a-case')
  expectOpening(call, { caller_number: '+15555550142', emergency_type: 'medical' })
  call.id = 7
  expectChange(call, { location: '214 Kestrel Street', latitude: '44.6', emergency_type: 'cardiac' })
  expectChange(call, { location: 'undefined', latitude: null, emergency_type: '', status: 'completed' })
  // A repeated opening never overwrites.
  expectOpening(call, { caller_number: '+15555550199', emergency_type: 'FIRE', location: 'elsewhere' })
  for (const { sequence, speaker, message, spoken_at, confidence, is_final, id } of lines) {
    const line = {
      speaker,
      message,
      spoken_at: spoken_at!,
      confidence,
      language: 'en',
      is_final,
      id,
      unsure: false,
    }
    call.lines.set(sequence, line)
  }
  return call
}

test('what was acknowledged and is there has no fault', () => {
  assert.deepEqual(compare(expected(), row, lines), [])
})

const mutants: [string, Partial<Call>, Interaction[], RegExp][] = [
  ['a blank erased a fact', { location: '' }, lines, /location is "", acknowledged "214/],
  ['a repeated opening overwrote', { emergency_type: 'FIRE' }, lines, /emergency_type is "FIRE"/],
  ['another row answers', { id: 8 }, lines, /id 8, answered 7/],
  [
    'the end got lost',
    { status: 'ACTIVE', completed_at: null, duration_seconds: null },
    lines,
    /status is "ACTIVE"/,
  ],
  ['the end has no time', { completed_at: null }, lines, /with completed_at null/],
  ['a line is missing', {}, [lines[0]!], /line 2 was acknowledged and is missing/],
  ['a line is there twice', {}, [...lines, lines[1]!], /line 2 is there twice/],
  ['lines are out of order', {}, [lines[1]!, lines[0]!], /line 1 listed after 2/],
  ['a line nobody sent', {}, [...lines, said(3, 'ghost')], /line 3 was never sent/],
  ['other words', {}, [lines[0]!, said(2, 'hello')], /line 2: message is "hello"/],
  ['still partial', {}, [lines[0]!, { ...lines[1]!, is_final: false }], /line 2: is_final is false/],
]
for (const [what, change, found, message] of mutants) {
  test(`it is told when ${what}`, () => {
    const faults = compare(expected(), { ...row, ...change }, found)
    assert.ok(
      faults.some((fault) => message.test(fault)),
      faults.join('\n'),
    )
  })
}

test('what was never answered may be there or not', () => {
  const call = expected()
  doubt(call, { location: 'somewhere' })
  call.lines.get(2)!.unsure = true
  assert.deepEqual(compare(call, { ...row, location: 'somewhere' }, lines), [])
  assert.deepEqual(compare(call, row, [lines[0]!]), [])
})
