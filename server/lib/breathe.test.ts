import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBreather } from './breathe.ts'

test('others have their turn while long work goes on', async () => {
  const breathe = createBreather()
  let turns = 0
  const timer = setInterval(() => {
    turns += 1
  }, 0)
  const end = performance.now() + 60_000
  while (turns < 2 && performance.now() < end) await breathe()
  clearInterval(timer)
  assert.ok(turns >= 2, `${turns} turns`)
})
