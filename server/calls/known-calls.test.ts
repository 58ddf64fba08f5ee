import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Call } from '@toneout/contract/model/call.ts'
import type { Command } from './apply-command.ts'
import { createKnownCalls } from './known-calls.ts'
import { createRevisions } from './revisions.ts'
import type { Work } from './work.ts'

const actor = { kind: 'key', id: 1, name: 'AI' } as const
const command = (kind: string, call_sid: string, more = {}) =>
  ({ kind, actor, call_sid, body: {}, ...more }) as unknown as Command

function setUp() {
  let now = 0
  const revisions = createRevisions()
  const known = createKnownCalls(revisions, 2_000, () => now)
  const keep = (sid: string, revision = revisions.next(), highest = 0) => {
    const one = { call: { id: 1, call_sid: sid } as Call, highest, revision, state: 'as loaded' }
    known.keep({ calls: new Map([[sid, one]]) } as unknown as Work)
  }
  return { known, keep, pass: (ms: number) => (now += ms) }
}

const foreign = createRevisions().next()
const table: [string, Command[], number | undefined][] = [
  ['words of a known call', [command('add', 'own')], 1],
  ['a change of a known call', [command('change', 'own')], 1],
  ['a call named twice counts once', [command('add', 'own'), command('change', 'own')], 1],
  ['a call to be opened may be unknown', [command('open', 'new')], 0],
  ['opened again', [command('open', 'own')], 1],
  ['words of an unknown call', [command('add', 'new')], undefined],
  ['a change of an unknown call', [command('change', 'new')], undefined],
  ['one of many unknown', [command('add', 'own'), command('add', 'new')], undefined],
  ["words of another process's call: it may have added some", [command('add', 'theirs')], undefined],
  ["a change of another process's call", [command('change', 'theirs')], 1],
  [
    'an Idempotency-Key must be looked up',
    [command('add', 'own', { once: { key: 'k', hash: 'h' } })],
    undefined,
  ],
  ['a revision needs its utterance', [command('revise', 'own', { id: 1 })], undefined],
]
for (const [name, commands, found] of table) {
  test(`${name}: ${found === undefined ? 'read' : 'known'}`, () => {
    const { known, keep } = setUp()
    keep('own')
    keep('theirs', foreign)
    assert.equal(known.of(commands)?.length, found)
  })
}

test('what a group left is known, what a failed one left is not', () => {
  const { known, keep } = setUp()
  keep('a', 7, 4)
  keep('a', 8, 5)
  assert.deepEqual(
    known.of([command('change', 'a')])?.map(({ highest, revision }) => [highest, revision]),
    [[5, 8]],
  )
  known.forget([command('add', 'a')])
  assert.equal(known.of([command('change', 'a')]), undefined)
})

test('nothing is assumed for a while after something assumed was wrong', () => {
  const { known, keep, pass } = setUp()
  keep('a')
  known.beCareful()
  assert.equal(known.of([command('change', 'a')]), undefined)
  pass(2_000)
  assert.equal(known.of([command('change', 'a')])?.length, 1)
})

test('the calls worked on longest ago are forgotten', () => {
  const { known, keep } = setUp()
  for (let at = 0; at < 10_000; at += 1) {
    keep(`call ${at}`)
    if (at % 1_000 === 0) keep('a long call')
  }
  const isKnown = (sid: string) => known.of([command('change', sid)]) !== undefined
  assert.ok(isKnown('a long call'))
  assert.ok(isKnown('call 9999') && isKnown('call 8000'))
  assert.ok(!isKnown('call 5000'))
})

test('revisions differ, are safe integers, and tell the process', () => {
  const [a, b] = [createRevisions(2 ** 29 - 1), createRevisions(1)]
  const given = [a.next(), a.next(), b.next()]
  assert.equal(new Set(given).size, 3)
  assert.ok(given.every(Number.isSafeInteger))
  assert.deepEqual(given.map(a.isOwn), [true, true, false])
  assert.equal(a.isOwn(0), false)
})
