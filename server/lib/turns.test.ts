import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTurns } from './turns.ts'

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
