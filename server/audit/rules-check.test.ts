import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Verification } from '@toneout/contract/model/audit.ts'
import { addPart, type Check, isNews } from './rules-check.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
const part = (next: number | null, bad?: number): Verification => ({
  ...{ ok: bad === undefined, facts_checked: 10, blocks: 2, heads: 1, sealed_to: 10, cut_to: null },
  ...{ unsealed: null, next },
  first_bad: bad === undefined ? null : { kind: 'edited', fact_id: 7, seq: bad, words: '' },
})
const open: Check = {
  ...{ begun_at: at(0), ended_at: null, next_seq: 3, facts: 20, blocks: 4, heads: 2, bad_seq: null },
}
const sums = (check: Check | undefined) =>
  check && [check.begun_at, check.ended_at, check.next_seq, check.facts, check.blocks, check.heads]

test('parts that follow each other are one check', () => {
  const cases: [
    what: string,
    before: Check | undefined,
    from: number,
    Verification,
    unknown[] | undefined,
  ][] = [
    ['the first', undefined, 1, part(3), [at(5), null, 3, 10, 2, 1]],
    ['the first and only', undefined, 1, part(null), [at(5), at(5), null, 10, 2, 1]],
    ['the next', open, 3, part(5), [at(0), null, 5, 30, 6, 3]],
    ['the last', open, 3, part(null), [at(0), at(5), null, 30, 6, 3]],
    ['from the beginning again', open, 1, part(3), [at(5), null, 3, 10, 2, 1]],
    ['one that leaves some out', open, 4, part(null), undefined],
    ['one of no check', undefined, 3, part(null), undefined],
    ['one behind a check that ended', { ...open, ended_at: at(1), next_seq: null }, 3, part(null), undefined],
    ['a fault in one that leaves some out', open, 9, part(null, 9), [at(5), at(5), null, 10, 2, 1]],
  ]
  for (const [what, before, from, found, expected] of cases) {
    assert.deepEqual(sums(addPart(before, from, found, at(5))), expected, what)
  }
  assert.equal(addPart(open, 9, part(null, 9), at(5))?.bad_seq, 9)
})

test('the same end is told once in ten minutes', () => {
  const ended = (minute: number, bad_seq: number | null = null) => ({
    ...open,
    ended_at: at(minute),
    bad_seq,
  })
  const cases: [what: string, before: Check | undefined, Check, boolean][] = [
    ['the first', undefined, ended(5), true],
    ['a part', ended(4), open, true],
    ['the end of parts', open, ended(5), true],
    ['the same at once', ended(5), ended(5), false],
    ['the same ten minutes later', ended(5), ended(15), false],
    ['the same after that', ended(5), ended(16), true],
    ['a fault', ended(5), ended(5, 2), true],
    ['another fault', ended(5, 2), ended(5, 3), true],
    ['the same fault', ended(5, 2), ended(5, 2), false],
    ['none any more', ended(5, 2), ended(5), true],
  ]
  for (const [what, before, check, expected] of cases) assert.equal(isNews(before, check), expected, what)
})
