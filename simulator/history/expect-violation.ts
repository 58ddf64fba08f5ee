import assert from 'node:assert/strict'
import { checkHistory } from './check.ts'
import type { CheckName } from './entry.ts'
import { makeSound } from './sound-history.ts'
import type { Case } from './sound-rows.ts'

/** What is broken in a sound history, the checks that must say so and no others, and words of one of them. */
export type Breaking = [name: string, checks: CheckName[], says: RegExp, breakIt: (one: Case) => void]

export function assertFound([, checks, says, breakIt]: Breaking): void {
  const one = makeSound()
  breakIt(one)
  const found = checkHistory(one.attempts, one.state)
  const words = found.map(({ check, what }) => `${check}: ${what}`).join('\n')
  const kinds = new Set(found.map(({ check }) => check))
  assert.deepEqual([...kinds].sort(), [...checks].sort(), words)
  assert.match(words, says)
}
