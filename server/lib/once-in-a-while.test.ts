import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createOnceInAWhile } from './once-in-a-while.ts'

function counted() {
  const seen: string[] = []
  const work =
    (name: string, gives?: string | Error): (() => Promise<string | undefined>) =>
    async () => {
      seen.push(name)
      if (gives instanceof Error) throw gives
      return gives
    }
  return { seen, work }
}

test('once for a name until its time is over; at the same instant too', async () => {
  const once = createOnceInAWhile({ ms: 100, most: 10 })
  const { seen, work } = counted()
  await Promise.all([once('a', 0, work('a')), once('a', 0, work('a again')), once('b', 50, work('b'))])
  await once('a', 99, work('too early'))
  await once('a', 100, work('a later'))
  assert.deepEqual(seen, ['a', 'b', 'a later'])
})

test('what is refused or fails is done again', async () => {
  const once = createOnceInAWhile({ ms: 100, most: 10 })
  const { seen, work } = counted()
  assert.equal(await once('a', 0, work('refused', 'no')), 'no')
  await assert.rejects(once('a', 0, work('failed', new Error('broken'))), /broken/)
  assert.equal(await once('a', 0, work('done')), undefined)
  await once('a', 0, work('not again'))
  assert.deepEqual(seen, ['refused', 'failed', 'done'])
})

test('beyond so many names the oldest is forgotten', async () => {
  const once = createOnceInAWhile({ ms: 100, most: 2 })
  const { seen, work } = counted()
  for (const name of ['a', 'b', 'c', 'b', 'a']) await once(name, 0, work(name))
  assert.deepEqual(seen, ['a', 'b', 'c', 'a'])
})
