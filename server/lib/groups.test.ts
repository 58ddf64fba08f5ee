import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { createGroups, type GroupOptions, QueueFull } from './groups.ts'

class Poison extends Error {}
class Unknown extends Error {}

type Run = { items: readonly number[]; finish: () => void; fail: (error: Error) => void }

const turn = () => new Promise<void>((done) => setImmediate(done))

/** Groups whose runs are ended by the test, each answering ten times the item. */
function held(options: Partial<GroupOptions<number, number>> = {}) {
  const runs: Run[] = []
  const groups = createGroups<number, number>({
    run: (items) =>
      new Promise((resolve, reject) => {
        runs.push({ items, finish: () => resolve(items.map((item) => item * 10)), fail: reject })
      }),
    groupLimit: 4,
    queueLimit: 6,
    mayRunAgain: (error) => error instanceof Poison,
    ...options,
  })
  return { runs, groups }
}

/** Remembers how each promise ended, in the order of the endings. */
function watch(promises: Promise<number>[]) {
  const ended: [number, string][] = []
  promises.forEach((promise, at) => {
    promise.then(
      (value) => ended.push([at, String(value)]),
      (error: Error) => ended.push([at, error.constructor.name]),
    )
  })
  return ended
}

describe('group commit', { timeout: 60_000 }, () => {
  test('nothing is acknowledged before the run that holds it has resolved', async () => {
    const { runs, groups } = held()
    const ended = watch([groups.submit(1), groups.submit(2)])
    await turn()
    await turn()
    assert.deepEqual(runs[0]?.items, [1, 2])
    assert.deepEqual(ended, [])
    const late = watch([groups.submit(3)])
    await turn()
    assert.equal(runs.length, 1, 'the next group waits for the end of the last one')
    runs[0].finish()
    await turn()
    assert.deepEqual(ended, [
      [0, '10'],
      [1, '20'],
    ])
    assert.deepEqual(late, [])
    assert.deepEqual(runs[1]?.items, [3])
    runs[1].finish()
    await groups.idle()
    assert.deepEqual(late, [[0, '30']])
  })

  test('what gathers during a commit goes together next, in order, at most groupLimit at once', async () => {
    const { runs, groups } = held({ queueLimit: 100 })
    const all = watch(Array.from({ length: 10 }, (_, at) => groups.submit(at)))
    for (let group = 0; group < 3; group += 1) {
      await turn()
      await turn()
      assert.equal(groups.waiting(), Math.max(0, 10 - (group + 1) * 4))
      runs[group]?.finish()
    }
    await groups.idle()
    assert.deepEqual(
      runs.map((run) => run.items),
      [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
        [8, 9],
      ],
    )
    assert.deepEqual(
      all,
      Array.from({ length: 10 }, (_, at) => [at, String(at * 10)]),
    )
  })

  test('with room for several groups the next begin beside a commit, each answered by its own', async () => {
    const { runs, groups } = held({ atOnce: 3, groupLimit: 8, queueLimit: 100 })
    const submit = async (...items: number[]) => {
      const ended = watch(items.map((item) => groups.submit(item)))
      await turn()
      await turn()
      return ended
    }
    const first = await submit(1, 2, 3, 4)
    await submit(5)
    assert.equal(runs.length, 1, 'one that is much smaller waits for more')
    const second = await submit(6)
    const third = await submit(7)
    const fourth = await submit(8)
    const begun = () => runs.map((run) => run.items)
    assert.deepEqual(begun(), [[1, 2, 3, 4], [5, 6], [7]])
    runs[1]?.fail(new Unknown())
    runs[2]?.finish()
    await turn()
    assert.deepEqual([first, second, third], [[], [[0, 'Unknown']], [[0, '70']]])
    assert.deepEqual(begun().at(-1), [8])
    runs[0]?.finish()
    runs[3]?.finish()
    await groups.idle()
    assert.deepEqual([first.length, fourth], [4, [[0, '80']]])
  })

  test('beyond queueLimit submit rejects at once; there is room again after a group left', async () => {
    const { runs, groups } = held()
    const taken = watch(Array.from({ length: 6 }, (_, at) => groups.submit(at)))
    await assert.rejects(groups.submit(6), QueueFull)
    assert.equal(groups.waiting(), 6)
    await turn()
    await turn()
    assert.equal(groups.waiting(), 2)
    const more = watch([groups.submit(7), groups.submit(8), groups.submit(9), groups.submit(10)])
    await assert.rejects(groups.submit(11), QueueFull)
    for (let group = 0; group < 3; group += 1) {
      runs[group]?.finish()
      await turn()
    }
    await groups.idle()
    assert.equal(taken.length, 6)
    assert.deepEqual(more.map(([at]) => at).sort(), [0, 1, 2, 3])
  })

  test('one poisoned item fails alone, and the others are answered with their own outcomes', async () => {
    const done: number[] = []
    const groups = createGroups<number, number>({
      run: async (items) => {
        await turn()
        if (items.includes(5)) throw new Poison('five')
        done.push(...items)
        return items.map((item) => item * 10)
      },
      groupLimit: 16,
      queueLimit: 100,
      mayRunAgain: () => true,
    })
    const ended = await Promise.allSettled(Array.from({ length: 9 }, (_, at) => groups.submit(at)))
    assert.deepEqual(done, [0, 1, 2, 3, 4, 6, 7, 8])
    for (const [at, one] of ended.entries()) {
      assert.equal(one.status, at === 5 ? 'rejected' : 'fulfilled')
      if (one.status === 'fulfilled') assert.equal(one.value, at * 10)
    }
  })

  test('a group that may have happened is not run again: all are told, the next goes on', async () => {
    const { runs, groups } = held()
    const ended = watch([groups.submit(1), groups.submit(2), groups.submit(3)])
    await turn()
    await turn()
    const next = watch([groups.submit(4)])
    runs[0]?.fail(new Unknown('no answer'))
    await turn()
    assert.deepEqual(ended, [
      [0, 'Unknown'],
      [1, 'Unknown'],
      [2, 'Unknown'],
    ])
    assert.deepEqual(
      runs.map((run) => run.items),
      [[1, 2, 3], [4]],
    )
    runs[1]?.finish()
    await groups.idle()
    assert.deepEqual(next, [[0, '40']])
  })

  test('a half whose commit is unknown does not take the other half with it', async () => {
    const { runs, groups } = held()
    const ended = watch([1, 2, 3, 4].map((item) => groups.submit(item)))
    await turn()
    await turn()
    runs[0]?.fail(new Poison('one of them'))
    await turn()
    runs[1]?.fail(new Unknown('no answer'))
    await turn()
    runs[2]?.finish()
    await groups.idle()
    assert.deepEqual(
      runs.map((run) => run.items),
      [
        [1, 2, 3, 4],
        [1, 2],
        [3, 4],
      ],
    )
    assert.deepEqual(ended, [
      [0, 'Unknown'],
      [1, 'Unknown'],
      [2, '30'],
      [3, '40'],
    ])
  })

  test('a run that throws before it awaits rejects its items and stops nothing', async () => {
    let calls = 0
    const groups = createGroups<number, number>({
      run: (items) => {
        calls += 1
        if (calls === 1) throw new Unknown('at once')
        return Promise.resolve([...items])
      },
      groupLimit: 4,
      queueLimit: 4,
      mayRunAgain: () => false,
    })
    await assert.rejects(groups.submit(1), Unknown)
    assert.equal(await groups.submit(2), 2)
  })

  test('idle resolves at once when nothing waits, otherwise after the last group', async () => {
    const { runs, groups } = held()
    await groups.idle()
    const first = watch([groups.submit(1)])
    let idle = false
    const waiting = groups.idle().then(() => {
      idle = true
    })
    await turn()
    await turn()
    groups.submit(2).catch(() => {})
    runs[0]?.finish()
    await turn()
    await turn()
    assert.deepEqual(first, [[0, '10']])
    assert.equal(idle, false)
    runs[1]?.finish()
    await waiting
    assert.equal(groups.waiting(), 0)
  })

  test('any mix of sizes, pauses and poison: good items once and in order, bad ones fail', async () => {
    const plan = fc.array(fc.record({ poisoned: fc.boolean(), pause: fc.boolean() }), {
      maxLength: 40,
      size: 'max',
    })
    const check = async (items: { poisoned: boolean; pause: boolean }[], groupLimit: number) => {
      const done: number[] = []
      let atOnce = 0
      const groups = createGroups<number, number>({
        run: async (group) => {
          atOnce += 1
          assert.ok(atOnce === 1 && group.length <= groupLimit)
          await turn()
          atOnce -= 1
          if (group.some((at) => items[at]?.poisoned)) throw new Poison('bad')
          done.push(...group)
          return group.map((at) => at)
        },
        groupLimit,
        queueLimit: 100,
        mayRunAgain: (error) => error instanceof Poison,
      })
      const sent: Promise<number>[] = []
      for (const [at, { pause }] of items.entries()) {
        const answer = groups.submit(at)
        // Looked at below; some are rejected before.
        answer.catch(() => {})
        sent.push(answer)
        if (pause) await turn()
      }
      const ended = await Promise.allSettled(sent)
      await groups.idle()
      for (const [at, one] of ended.entries()) {
        if (items[at]?.poisoned) assert.ok(one.status === 'rejected' && one.reason instanceof Poison)
        else assert.ok(one.status === 'fulfilled' && one.value === at)
      }
      assert.deepEqual(
        done,
        items.flatMap(({ poisoned }, at) => (poisoned ? [] : [at])),
      )
    }
    await fc.assert(fc.asyncProperty(plan, fc.integer({ min: 1, max: 9 }), check), { numRuns: 200 })
  })
})
