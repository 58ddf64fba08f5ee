import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { createGroups, type GroupOptions } from './groups.ts'

class Poison extends Error {}
class Busy extends Error {}
class Unknown extends Error {}

const turn = () => new Promise<void>((done) => setImmediate(done))
const turns = async (count: number) => {
  for (let at = 0; at < count; at += 1) await turn()
}

type Step = { items: readonly number[]; resolve: () => void; reject: (error: Error) => void }

/** Groups prepared ahead whose steps are ended by the test; each item is answered by ten times itself. */
function held(options: Partial<GroupOptions<number, number, readonly number[]>> = {}) {
  const prepares: Step[] = []
  const commits: Step[] = []
  const runs: (readonly number[])[] = []
  const step = <T>(into: Step[], items: readonly number[], value: T) =>
    new Promise<T>((resolve, reject) => into.push({ items, resolve: () => resolve(value), reject }))
  const groups = createGroups<number, number, readonly number[]>({
    ahead: {
      depth: 2,
      prepare: (items) => step(prepares, items, items),
      commit: (_, items) =>
        step(
          commits,
          items,
          items.map((item) => item * 10),
        ),
    },
    run: async (items) => {
      runs.push(items)
      if (items.includes(13)) throw new Poison()
      return items.map((item) => item * 10)
    },
    groupLimit: 4,
    queueLimit: 100,
    mayTryAgain: (error) => error instanceof Busy,
    mayRunAgain: (error) => error instanceof Poison,
    ...options,
  })
  return { prepares, commits, runs, groups }
}

function watch(promises: Promise<number>[]) {
  const ended = new Map<number, string>()
  for (const [at, promise] of promises.entries()) {
    promise.then(
      (value) => ended.set(at, String(value)),
      (error: Error) => ended.set(at, error.constructor.name),
    )
  }
  return ended
}

describe('groups prepared ahead', { timeout: 60_000 }, () => {
  test('a group is sent behind the commit under way; nothing is acknowledged before its own', async () => {
    const { prepares, commits, groups } = held()
    const first = watch([groups.submit(1)])
    await turns(2)
    prepares[0]?.resolve()
    await turns(2)
    const second = watch([groups.submit(2)])
    await turns(2)
    assert.deepEqual(prepares[1]?.items, [2], 'prepared behind the commit that was sent')
    prepares[1]?.resolve()
    await turns(2)
    assert.deepEqual(
      commits.map((one) => one.items),
      [[1], [2]],
    )
    const third = watch([groups.submit(3)])
    await turns(3)
    assert.equal(prepares.length, 2, 'two are under way at most')
    assert.deepEqual([first.size, second.size], [0, 0])
    commits[0]?.resolve()
    await turns(3)
    assert.deepEqual([first.get(0), second.size, prepares[2]?.items], ['10', 0, [3]])
    prepares[2]?.resolve()
    await turns(2)
    commits[1]?.resolve()
    commits[2]?.resolve()
    await groups.idle()
    assert.deepEqual([second.get(0), third.get(0)], ['20', '30'])
  })

  test('a group much smaller than the one in front waits for more, or for the one in front', async () => {
    const { prepares, commits, groups } = held()
    watch([1, 2, 3, 4].map((item) => groups.submit(item)))
    await turns(2)
    prepares[0]?.resolve()
    await turns(2)
    watch([groups.submit(5)])
    await turns(3)
    assert.equal(prepares.length, 1, 'one is too few behind four')
    watch([groups.submit(6)])
    await turns(3)
    assert.deepEqual(prepares[1]?.items, [5, 6])
    prepares[1]?.resolve()
    await turns(2)
    commits[0]?.resolve()
    commits[1]?.resolve()
    await groups.idle()
  })

  test('a group that fails is mended beside the lane, the group behind it goes on', async () => {
    const { prepares, commits, runs, groups } = held()
    const first = watch([groups.submit(12), groups.submit(13), groups.submit(14)])
    await turns(2)
    prepares[0]?.resolve()
    await turns(2)
    const second = watch([groups.submit(2), groups.submit(3)])
    await turns(2)
    prepares[1]?.resolve()
    await turns(2)
    commits[0]?.reject(new Poison())
    await turns(3)
    commits[1]?.resolve()
    await groups.idle()
    assert.deepEqual([...first.entries()].sort(), [
      [0, '120'],
      [1, 'Poison'],
      [2, '140'],
    ])
    assert.deepEqual([second.get(0), second.get(1)], ['20', '30'])
    assert.deepEqual(runs, [[12, 13], [12], [13], [14]])
  })

  const ends: [string, Error, string, number][] = [
    ['the commit is unknown: nothing is run again', new Unknown(), 'Unknown', 0],
    ['the database asks for another try: the whole group is run', new Busy(), '50', 1],
  ]
  for (const [name, error, expected, count] of ends) {
    test(name, async () => {
      const { prepares, commits, runs, groups } = held()
      const ended = watch([groups.submit(5), groups.submit(5)])
      await turns(2)
      prepares[0]?.resolve()
      await turns(2)
      commits[0]?.reject(error)
      await groups.idle()
      assert.deepEqual([...ended.values()], [expected, expected])
      assert.equal(runs.length, count)
    })
  }

  test('a prepare that fails behind a commit is told only to its own items', async () => {
    const { prepares, commits, groups } = held()
    const first = watch([groups.submit(1)])
    await turns(2)
    prepares[0]?.resolve()
    await turns(2)
    const second = watch([groups.submit(2)])
    await turns(2)
    prepares[1]?.reject(new Unknown())
    await turns(2)
    commits[0]?.resolve()
    await groups.idle()
    assert.deepEqual([first.get(0), second.get(0)], ['10', 'Unknown'])
    const third = watch([groups.submit(3)])
    await turns(2)
    prepares[2]?.resolve()
    await turns(2)
    commits[1]?.resolve()
    await groups.idle()
    assert.equal(third.get(0), '30')
  })

  test('any mix of pauses and faults: each item ends once, the good ones with their answer', async () => {
    const fault = fc.constantFrom('none', 'none', 'none', 'prepare', 'commit', 'busy')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fault, { maxLength: 40 }),
        fc.infiniteStream(fc.nat(3)),
        async (faults, pauses) => {
          const plan = [...faults]
          const pause = () => turns(pauses.next().value as number)
          const groups = createGroups<number, number, string>({
            ahead: {
              depth: 2,
              prepare: async () => {
                await pause()
                const next = plan.shift() ?? 'none'
                if (next === 'prepare') throw new Poison()
                return next
              },
              commit: async (next, items) => {
                await pause()
                if (next === 'commit') throw new Poison()
                if (next === 'busy') throw new Busy()
                return items.map((item) => item * 10)
              },
            },
            run: async (items) => {
              await pause()
              return items.map((item) => item * 10)
            },
            groupLimit: 3,
            queueLimit: 1_000,
            mayTryAgain: (error) => error instanceof Busy,
            mayRunAgain: (error) => error instanceof Poison,
          })
          const sent: Promise<number>[] = []
          for (let item = 0; item < 30; item += 1) {
            const submitted = groups.submit(item)
            submitted.catch(() => {})
            sent.push(submitted)
            if (item % 4 === 0) await pause()
          }
          const ended = watch(sent)
          await Promise.allSettled(sent)
          await groups.idle()
          for (const [at, text] of ended)
            assert.ok(text === String(at * 10) || text === 'Poison', `${at} ${text}`)
          assert.equal(ended.size, 30)
          assert.equal(groups.waiting(), 0)
        },
      ),
      { numRuns: 60 },
    )
  })
})
