import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { daysLeft, isHeld } from './due.ts'

const now = Date.parse('2026-11-21T12:00:00Z')
const factor = (due_at: string | null, enrolled = false) => ({ enrolled, required: true, due_at })

describe('an authenticator app that a role needs', () => {
  const cases: [string, ReturnType<typeof factor>, string | null][] = [
    ['is asked of nobody when it is set up', factor(null, true), null],
    ['is asked of nobody when the role needs none', factor(null), null],
    ['has whole days left', factor('2026-11-27T11:00:00Z'), 'within 5 days'],
    ['has one day left', factor('2026-11-22T12:00:00Z'), 'within 1 day'],
    ['has hours left', factor('2026-11-21T12:00:01Z'), 'within a day'],
    ['is due at that very moment', factor('2026-11-21T12:00:00Z'), 'now'],
    ['is overdue', factor('2026-10-01T00:00:00Z'), 'now'],
  ]
  for (const [name, given, words] of cases) {
    it(name, () => {
      assert.equal(daysLeft(given, now), words)
      assert.equal(isHeld(given, now), words === 'now')
    })
  }
})
