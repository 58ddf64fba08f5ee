import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { LiveFact } from '@toneout/contract/model/fact.ts'
import fc from 'fast-check'
import { createFollower, type Reader } from './follow.ts'

const turn = () => new Promise<void>((done) => setImmediate(done))

type PendingRead = { after: number; finish: () => void; fail: () => void }

/** A timeline whose reads are ended by the test: each sees what is there when it is ended. */
function timeline() {
  const ids: number[] = []
  const pending: PendingRead[] = []
  const faults: unknown[] = []
  const page = (after: number, limit: number) =>
    ids.filter((id) => id > after).slice(0, limit) as unknown as number[]
  const read = (after: number, limit: number) =>
    new Promise<LiveFact[]>((resolve, reject) => {
      const forget = () => pending.splice(pending.indexOf(own), 1)
      const own: PendingRead = {
        after,
        finish: () => {
          forget()
          resolve(page(after, limit).map((id) => ({ id }) as LiveFact))
        },
        fail: () => {
          forget()
          reject(new Error('away'))
        },
      }
      pending.push(own)
    })
  const follower = createFollower(read, (error) => faults.push(error))
  return {
    ids,
    pending,
    faults,
    follower,
    append: (count = 1) => {
      for (let n = 0; n < count; n += 1) ids.push((ids.at(-1) ?? 0) + 1 + (ids.length % 3 === 0 ? 1 : 0))
    },
    /** Ends all reads, also those they cause. */
    async settle() {
      for (let quiet = 0; quiet < 3; quiet += 1) {
        while (pending.length > 0) {
          quiet = 0
          pending[0]?.finish()
          await turn()
        }
        await turn()
      }
    },
  }
}

type Listening = { reader: Reader; start: number; got: number[]; isGone: boolean; full: boolean }

function listen(start: number): Listening {
  const one: Listening = {
    start,
    got: [],
    isGone: false,
    full: false,
    reader: {
      cursor: start,
      send: (facts) => {
        one.got.push(...facts.map((fact) => fact.id))
        return !one.full
      },
      gone: () => {
        one.isGone = true
      },
    },
  }
  return one
}

const after = (ids: readonly number[], cursor: number) => ids.filter((id) => id > cursor)

describe('the follower of the timeline', { timeout: 60_000 }, () => {
  test('a wake while a page is read leads to another reading', async () => {
    const { ids, pending, follower, append, settle } = timeline()
    const one = listen(0)
    await follower.join(one.reader)
    assert.equal(pending.length, 1)
    append(2)
    pending[0]?.finish()
    append(1)
    void follower.wake()
    void follower.wake()
    await turn()
    assert.equal(pending.length, 1, 'one reading at a time, however often it is woken')
    await settle()
    assert.deepEqual(one.got, ids)
  })

  test('wake tells whether the timeline was read to its end', async () => {
    const { pending, faults, follower, settle } = timeline()
    assert.equal(await follower.wake(), true, 'without readers there is nothing to read')
    await follower.join(listen(0).reader)
    await settle()
    const failed = follower.wake()
    pending[0]?.fail()
    assert.equal(await failed, false)
    assert.equal(faults.length, 1)
    const worked = follower.wake()
    pending[0]?.finish()
    assert.equal(await worked, true)
  })

  test('a failed reading loses nothing; the next wake reads on, and nobody is sent away', async () => {
    const { ids, pending, follower, append, settle } = timeline()
    const one = listen(0)
    await follower.join(one.reader)
    append(3)
    pending[0]?.fail()
    await turn()
    assert.deepEqual(one.got, [])
    assert.equal(pending.length, 0, 'it does not hammer a database that is away')
    void follower.wake()
    await settle()
    assert.deepEqual(one.got, ids)
    assert.equal(one.isGone, false)
  })

  test('a wake during a reading that fails is not lost', async () => {
    const { ids, pending, follower, append, settle } = timeline()
    const one = listen(0)
    await follower.join(one.reader)
    append(3)
    void follower.wake()
    pending[0]?.fail()
    await turn()
    assert.equal(pending.length, 1)
    await settle()
    assert.deepEqual(one.got, ids)
  })

  for (const cursor of ['lower', 'the same', 'higher'] as const) {
    test(`the last reader leaves in the middle of a reading, another comes at ${cursor} cursor`, async () => {
      const { ids, pending, follower, append, settle } = timeline()
      append(20)
      const first = listen(ids[9] as number)
      await follower.join(first.reader)
      follower.leave(first.reader)
      const at = { lower: 4, 'the same': 9, higher: 14 }[cursor]
      const second = listen(ids[at] as number)
      await follower.join(second.reader)
      append(3)
      pending[0]?.finish()
      append(3)
      void follower.wake()
      await settle()
      assert.deepEqual(first.got, [])
      assert.deepEqual(second.got, after(ids, second.start))
    })
  }

  test('a reader that joins far behind catches up by itself and holds nobody up', async () => {
    const { ids, pending, follower, append, settle } = timeline()
    append(1_700)
    const near = listen(ids.at(-1) as number)
    await follower.join(near.reader)
    await settle()
    const far = listen(0)
    const joined = follower.join(far.reader)
    assert.deepEqual(
      pending.map((one) => one.after),
      [0],
    )
    append(2)
    void follower.wake()
    pending.find((one) => one.after !== 0)?.finish()
    await turn()
    assert.deepEqual(near.got, ids.slice(-2))
    await settle()
    await joined
    assert.deepEqual(far.got, ids)
    assert.deepEqual(near.got, ids.slice(-2))
  })

  test('the only other reader leaves while one catches up', async () => {
    const { ids, follower, pending, append, settle } = timeline()
    append(1_200)
    const near = listen(ids.at(-1) as number)
    await follower.join(near.reader)
    await settle()
    const far = listen(0)
    const joined = follower.join(far.reader)
    follower.leave(near.reader)
    pending[0]?.finish()
    await turn()
    await settle()
    await joined
    assert.deepEqual(far.got, ids)
  })

  test('a reader that cannot keep up is let go, and the others get every fact', async () => {
    const { ids, follower, append, settle } = timeline()
    const [slow, quick] = [listen(0), listen(0)]
    slow.full = true
    await follower.join(slow.reader)
    await follower.join(quick.reader)
    await settle()
    append(2)
    void follower.wake()
    await settle()
    append(2)
    void follower.wake()
    await settle()
    assert.equal(slow.isGone, true)
    assert.equal(slow.got.length, 2)
    assert.deepEqual(quick.got, ids)
  })

  test('a join whose reading fails rejects, and the reader is not fed', async () => {
    const { ids, pending, follower, append, settle } = timeline()
    append(5)
    await follower.join(listen(ids.at(-1) as number).reader)
    await settle()
    const late = listen(0)
    const joined = follower.join(late.reader)
    pending[0]?.fail()
    await assert.rejects(joined, /away/)
    append(1)
    void follower.wake()
    await settle()
    assert.deepEqual(late.got, [])
  })

  test('any order of commits, joins, leaves and failed readings: every fact once, in order', async () => {
    const action = fc.oneof(
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('append' as const), n: fc.nat(5) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('append' as const), n: fc.nat(1_200) }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('join' as const), n: fc.nat() }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('leave' as const), n: fc.nat() }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('finish' as const), n: fc.nat() }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('fail' as const), n: fc.nat() }) },
    )
    const check = async (actions: { kind: 'append' | 'join' | 'leave' | 'finish' | 'fail'; n: number }[]) => {
      const { ids, pending, follower, append, settle } = timeline()
      const all: Listening[] = []
      const joins: Promise<void>[] = []
      const left = new Set<Listening>()
      for (const { kind, n } of actions) {
        if (kind === 'append') {
          append(n)
          void follower.wake()
        } else if (kind === 'join') {
          const one = listen([0, ...ids][n % (ids.length + 1)] as number)
          all.push(one)
          joins.push(follower.join(one.reader).catch(() => void left.add(one)))
        } else if (kind === 'leave' && all.length > 0) {
          const one = all[n % all.length] as Listening
          // As stream.ts does for a socket that closes while it is still joining.
          left.add(one)
          follower.leave(one.reader)
          await turn()
        } else if (pending.length > 0) {
          const read = pending[n % pending.length] as PendingRead
          if (kind === 'finish') read.finish()
          else read.fail()
          await turn()
        }
      }
      await settle()
      await Promise.all(joins)
      void follower.wake()
      await settle()
      for (const one of all) {
        const due = after(ids, one.start)
        assert.deepEqual(one.got, left.has(one) ? due.slice(0, one.got.length) : due)
      }
    }
    await fc.assert(fc.asyncProperty(fc.array(action, { maxLength: 40, size: 'max' }), check), {
      numRuns: 400,
    })
  })
})
