import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createGate, createTurns } from './turns.ts'

test('one key has one turn at a time, in order, also after a failure; others do not wait', async () => {
  const inTurn = createTurns(10)
  const seen: string[] = []
  let release = () => {}
  const held = new Promise<void>((go) => {
    release = go
  })
  const first = inTurn('a', async () => {
    seen.push('a1')
    await held
    throw new Error('a1 failed')
  })
  const second = inTurn('a', async () => seen.push('a2'))
  await inTurn('b', async () => seen.push('b'))
  assert.deepEqual(seen, ['a1', 'b'])
  release()
  await assert.rejects(first, /a1 failed/)
  await second
  assert.deepEqual(seen, ['a1', 'b', 'a2'])
})

test('beyond the limit nothing is done', async () => {
  const inTurn = createTurns(1)
  let release = () => {}
  const first = inTurn('a', () => new Promise<string>((go) => (release = () => go('done'))))
  assert.equal(await inTurn('b', async () => 'not done'), undefined)
  release()
  assert.equal(await first, 'done')
  assert.equal(await inTurn('b', async () => 'done later'), 'done later')
})

test('so many at once and no more; a place goes to who waited, also after a failure', async () => {
  const gate = createGate(2)
  const ends: (() => void)[] = []
  const begun: number[] = []
  const work = (at: number) =>
    gate.run(async () => {
      begun.push(at)
      await new Promise<void>((go) => ends.push(go))
      if (at === 0) throw new Error('the first failed')
      return at
    })
  const all = [0, 1, 2, 3].map(work)
  assert.deepEqual(begun, [0, 1])
  ends[0]?.()
  await assert.rejects(all[0] as Promise<number>, /the first failed/)
  const late = work(4)
  assert.deepEqual(begun, [0, 1, 2])
  while (begun.length < 5) {
    for (const end of ends) end()
    await new Promise((go) => setImmediate(go))
  }
  for (const end of ends) end()
  assert.deepEqual(await Promise.all([...all.slice(1), late]), [1, 2, 3, 4])
  assert.deepEqual([begun, gate.isIdle()], [[0, 1, 2, 3, 4], true])
})
