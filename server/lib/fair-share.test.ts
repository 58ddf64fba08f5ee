import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFairShare } from './fair-share.ts'

/** Begins requests of a caller; `begun` counts those whose turn has come. */
function asking(fair: ReturnType<typeof createFairShare>, caller: string) {
  const seen = { begun: 0 }
  const ask = (count: number) => {
    for (let at = 0; at < count; at += 1) {
      const turn = fair.enter(caller)
      if (turn) void turn.then(() => (seen.begun += 1))
      else seen.begun += 1
    }
  }
  const end = async (count: number) => {
    for (let at = 0; at < count; at += 1) fair.leave(caller)
    await new Promise((go) => setImmediate(go))
  }
  return { seen, ask, end }
}

test('who asks alone waits for nobody', () => {
  const fair = createFairShare(2, () => 0)
  const one = asking(fair, 'key 1')
  one.ask(50)
  assert.equal(one.seen.begun, 50)
})

test('beside others one has its share, and the next turn when one of its requests has ended', async () => {
  const fair = createFairShare(2, () => 0)
  const [flood, calm] = [asking(fair, 'key 1'), asking(fair, 'key 2')]
  calm.ask(1)
  flood.ask(50)
  calm.ask(1)
  assert.deepEqual([flood.seen.begun, calm.seen.begun], [2, 2])
  await calm.end(2)
  assert.equal(flood.seen.begun, 2)
  for (let begun = 3; begun <= 50; begun += 1) {
    await flood.end(1)
    assert.equal(flood.seen.begun, begun)
  }
  await flood.end(2)
  calm.ask(1)
  flood.ask(1)
  assert.deepEqual([flood.seen.begun, calm.seen.begun], [51, 3])
})

test('what was begun alone goes on, and counts', async () => {
  const fair = createFairShare(2, () => 0)
  const [flood, calm] = [asking(fair, 'key 1'), asking(fair, 'key 2')]
  flood.ask(10)
  calm.ask(1)
  flood.ask(5)
  assert.equal(flood.seen.begun, 10)
  await flood.end(8)
  assert.equal(flood.seen.begun, 10)
  await flood.end(1)
  assert.equal(flood.seen.begun, 11)
})

test('a second after the others asked last, all that waits has its turn', async () => {
  let now = 0
  const fair = createFairShare(2, () => now)
  const [flood, calm] = [asking(fair, 'key 1'), asking(fair, 'key 2')]
  calm.ask(1)
  flood.ask(20)
  now = 1_000
  await flood.end(1)
  assert.equal(flood.seen.begun, 3)
  now = 1_001
  await flood.end(1)
  assert.equal(flood.seen.begun, 20)
})

test('beyond ten thousand that wait, nobody waits', () => {
  const fair = createFairShare(1, () => 0)
  const [flood, calm] = [asking(fair, 'key 1'), asking(fair, 'key 2')]
  calm.ask(1)
  flood.ask(10_002)
  assert.equal(flood.seen.begun, 2)
})
