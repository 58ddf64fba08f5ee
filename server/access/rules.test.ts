import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgePassword } from './rules.ts'

const passwords: [what: string, password: string, good: boolean][] = [
  ['nothing', '', false],
  ['one too short', 'x'.repeat(11), false],
  ['the shortest', 'x'.repeat(12), true],
  ['the longest', 'x'.repeat(128), true],
  ['one too long', 'x'.repeat(129), false],
  ['blanks count', ' a b c d e f', true],
]
for (const [what, password, good] of passwords) {
  test(`a password: ${what}`, () => {
    const fault = judgePassword(password)
    assert.equal(fault, good ? undefined : 'Must have 12 to 128 characters.')
  })
}
