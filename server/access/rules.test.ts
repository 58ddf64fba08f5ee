import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isAttended, isIdle } from './rules.ts'

describe('a session ends for want of anybody', () => {
  const created_at = '2026-11-01T08:00:00.000Z'
  const cases: [
    what: string,
    role: 'admin' | 'supervisor',
    seen: string | null,
    now: string,
    ends: boolean,
  ][] = [
    ['an admin who never came back', 'admin', null, '08:30:00.000', true],
    ['not a moment before', 'admin', null, '08:29:59.999', false],
    ['counted from the last use', 'admin', '08:20', '08:49:59.999', false],
    ['and then too', 'admin', '08:20', '08:50:00.000', true],
    ['nobody else', 'supervisor', null, '19:00:00.000', false],
  ]
  for (const [what, role, seen, now, ends] of cases) {
    test(what, () => {
      const last_seen_at = seen === null ? null : `2026-11-01T${seen}:00.000Z`
      const at = Date.parse(`2026-11-01T${now}Z`)
      assert.equal(isIdle({ role, created_at, last_seen_at }, 30, at), ends)
    })
  }

  const headers: [Record<string, string>, boolean][] = [
    [{}, true],
    [{ accept: 'application/json' }, true],
    [{ accept: 'text/event-stream' }, false],
    [{ 'x-unattended': 'true' }, false],
  ]
  for (const [sent, expected] of headers) {
    test(`${JSON.stringify(sent)}: ${expected ? 'somebody' : 'nobody'}`, () => {
      assert.equal(isAttended(sent), expected)
    })
  }
})
