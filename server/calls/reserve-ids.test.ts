import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import pg from 'pg'
import type { Connection } from '../lib/db.ts'
import { createTestDatabase, type TestDatabase } from '../test/support/cluster.ts'
import { createIdPool, type Reserved } from './reserve-ids.ts'

const range = (count: number) => Array.from({ length: count }, (_, at) => at)
const isAscending = (ids: readonly number[]) =>
  ids.every((id, at) => at === 0 || id > (ids[at - 1] as number))
const counts = (calls: number, interactions: number) => ({ calls, interactions, incidents: 0 })
const interactions = (count: number) => counts(0, count)

/** The ids of interactions, or of calls, that a group uses. */
const use = ({ nextInteractionId }: Reserved, count: number) => range(count).map(() => nextInteractionId())
const useCalls = ({ nextCallId }: Reserved, count: number) => range(count).map(() => nextCallId())

type Lookup = { answer: () => void; fail: () => void; sequence: string; count: number }

/**
 * The two sequences, and connections on which the answer to a look-up comes when the test says so. The
 * numbers are taken when the look-up is sent, as the database would.
 */
function createSequences() {
  const last = new Map<string, number>()
  const lookups: Lookup[] = []
  let isPrompt = true
  const query = ({ values: [sequence, count] }: { values: [string, number] }) => {
    const first = (last.get(sequence) ?? 0) + 1
    last.set(sequence, first + count - 1)
    const rows = range(count).map((at) => ({ id: first + at }))
    if (isPrompt) return Promise.resolve({ rows })
    return new Promise((resolve, reject) => {
      const fail = () => reject(new Error('the look-up failed'))
      lookups.push({ answer: () => resolve({ rows }), fail, sequence, count })
    })
  }
  return {
    connection: { query } as unknown as Connection,
    lookups,
    last: (sequence: string) => last.get(sequence) ?? 0,
    /** From here on look-ups wait for the test. */
    holdBack: () => {
      isPrompt = false
    },
    letThrough: () => {
      isPrompt = true
    },
  }
}

/** A pool that has ids of interactions at hand, and how many. */
async function stocked() {
  const sequences = createSequences()
  const pool = createIdPool()
  const first = await pool.reserve(sequences.connection, interactions(1))
  const used = use(first, 1)
  return { ...sequences, pool, used, atHand: sequences.last('call_interactions_id_seq') - 1 }
}

describe('ids for groups', () => {
  test('each group has its own, in order, of either sequence', async () => {
    const { connection } = createSequences()
    const pool = createIdPool()
    const calls: number[] = []
    const added: number[] = []
    for (const count of [1, 0, 3, 256, 700, 2, 0, 256]) {
      const reserved = await pool.reserve(connection, counts(count, count * 2))
      calls.push(...useCalls(reserved, count))
      added.push(...use(reserved, count * 2))
      assert.throws(() => reserved.nextCallId(), /no id was reserved/)
      assert.throws(() => reserved.nextInteractionId(), /no id was reserved/)
    }
    assert.ok(isAscending(calls) && isAscending(added))
    assert.deepEqual([calls.length, added.length], [1_218, 2_436])
  })

  test('groups that wait for their ids at the same time share none', async () => {
    const { connection, pool, lookups, holdBack, used } = await stocked()
    holdBack()
    const waiting = range(6).map(() => pool.reserve(connection, interactions(200)))
    for (const lookup of lookups.toReversed()) lookup.answer()
    const groups = (await Promise.all(waiting)).map((reserved) => use(reserved, 200))
    for (const ids of groups) assert.ok(isAscending(ids))
    const all = [...used, ...groups.flat()]
    assert.equal(new Set(all).size, all.length)
  })

  test('what is given back comes first, in order, and only once', async () => {
    const { connection, pool, used } = await stocked()
    const calls: number[] = []
    for (const count of [5, 40, 3, 100, 1, 300]) {
      const reserved = await pool.reserve(connection, counts(count, count))
      used.push(...use(reserved, Math.ceil(count / 2)))
      calls.push(...useCalls(reserved, Math.floor(count / 2)))
      reserved.giveBack()
      reserved.giveBack()
      assert.throws(() => reserved.nextCallId(), /no id was reserved/)
      assert.throws(() => reserved.nextInteractionId(), /no id was reserved/)
    }
    for (const ids of [used, calls]) {
      assert.deepEqual(
        ids,
        range(ids.length).map((at) => at + 1),
      )
    }
  })

  test('groups that end in another order than they began give back in order', async () => {
    const { connection, pool, used } = await stocked()
    const groups = await Promise.all(range(4).map(() => pool.reserve(connection, interactions(30))))
    for (const reserved of groups) used.push(...use(reserved, 10))
    for (const at of [2, 0, 3, 1]) groups[at]?.giveBack()
    const next = use(await pool.reserve(connection, interactions(80)), 80)
    assert.ok(isAscending(next))
    const all = [...used, ...next]
    assert.equal(new Set(all).size, all.length)
    assert.deepEqual(
      all.toSorted((a, b) => a - b),
      range(all.length).map((at) => at + 1),
    )
  })

  test('a group that is given too little at hand takes nothing', async () => {
    const { connection, pool, used, atHand, lookups, holdBack } = await stocked()
    holdBack()
    // Of calls none are at hand, so the interactions stay, too.
    assert.equal(pool.reserveAtHand(connection, counts(1, 10)), undefined)
    assert.equal(pool.reserveAtHand(connection, interactions(atHand + 1)), undefined)
    const all = pool.reserveAtHand(connection, interactions(atHand))
    assert.ok(all)
    used.push(...use(all, atHand))
    assert.ok(isAscending(used))
    assert.equal(pool.reserveAtHand(connection, interactions(1)), undefined)
    // However many ask, one look-up of a sequence is under way.
    const sequences = lookups.map(({ sequence }) => sequence)
    assert.ok(sequences.includes('call_interactions_id_seq') && sequences.includes('calls_id_seq'))
    assert.equal(new Set(sequences).size, sequences.length)
  })

  test('calls stay at hand when there are too few interactions', async () => {
    const { connection, holdBack } = createSequences()
    const pool = createIdPool()
    const first = useCalls(await pool.reserve(connection, counts(1, 0)), 1)
    holdBack()
    assert.equal(pool.reserveAtHand(connection, counts(5, 1)), undefined)
    const reserved = pool.reserveAtHand(connection, counts(5, 0))
    assert.deepEqual([...first, ...useCalls(reserved as Reserved, 5)], [1, 2, 3, 4, 5, 6])
  })

  test('look-ups that overtake each other on two connections leave the ids in order', async () => {
    const { connection, pool, lookups, holdBack, letThrough, atHand } = await stocked()
    holdBack()
    const rest = pool.reserveAtHand(connection, interactions(atHand))
    const used = use(rest as Reserved, atHand)
    // The block was taken first; a group beside has its ids, and a rest, before the block is here.
    letThrough()
    used.push(...use(await pool.reserve(connection, interactions(1)), 1))
    for (const lookup of lookups) lookup.answer()
    await turn()
    const next = use(await pool.reserve(connection, interactions(500)), 500)
    assert.ok(isAscending(next))
    assert.equal(new Set([...used, ...next]).size, atHand + 501)
  })
})

describe('a look-up that fails', () => {
  test('for more at hand: those at hand stay, and the next one is sent', async () => {
    const { connection, pool, used, atHand, lookups, holdBack } = await stocked()
    holdBack()
    for (const _ of range(3)) {
      used.push(...use(pool.reserveAtHand(connection, interactions(10)) as Reserved, 10))
      const sent = lookups.splice(0)
      assert.ok(sent.some(({ sequence }) => sequence === 'call_interactions_id_seq'))
      for (const lookup of sent) lookup.fail()
      await turn()
    }
    used.push(...use(pool.reserveAtHand(connection, interactions(atHand - 30)) as Reserved, atHand - 30))
    assert.equal(pool.reserveAtHand(connection, interactions(1)), undefined)
    assert.deepEqual(
      used,
      range(atHand + 1).map((at) => at + 1),
    )
    for (const lookup of lookups) lookup.answer()
    await turn()
    used.push(...use(pool.reserveAtHand(connection, interactions(512)) as Reserved, 512))
    assert.ok(isAscending(used))
  })

  test('for a group: it rejects, and the ids of no other group are touched', async () => {
    const { connection, pool, used, atHand, lookups, holdBack, letThrough } = await stocked()
    const before = await pool.reserve(connection, interactions(20))
    holdBack()
    const failing = pool.reserve(connection, counts(3, atHand + 50))
    for (const lookup of lookups) lookup.fail()
    await assert.rejects(failing, /the look-up failed/)
    letThrough()
    used.push(...use(before, 10))
    before.giveBack()
    const next = await pool.reserve(connection, counts(5, 600))
    used.push(...use(next, 600))
    assert.ok(isAscending(used))
    assert.ok(isAscending(useCalls(next, 5)))
  })
})

describe('with PostgreSQL', () => {
  let database: TestDatabase
  const connections: pg.Client[] = []

  before(async () => {
    database = await createTestDatabase()
    pg.types.setTypeParser(pg.types.builtins.INT8, Number)
    for (const _ of range(3)) {
      const client = new pg.Client({ ...database.connection, pipeline: true } as pg.ClientConfig)
      await client.connect()
      connections.push(client)
    }
  })
  after(async () => {
    for (const client of connections) await client.end()
    await database.drop()
  })

  test('no id is given twice by two pools, whatever is given back or fails', {
    timeout: 60_000,
  }, async () => {
    const pools = [createIdPool(), createIdPool()] as const
    const random = (count: number) => Math.floor(Math.random() * count)
    const given: Record<'calls' | 'interactions', number[]> = { calls: [], interactions: [] }
    const worker = async (who: number) => {
      const pool = pools[who % 2 === 0 ? 0 : 1]
      const client = connections[who % 3] as pg.Client
      const isBroken = { query: () => Promise.reject(new Error('away')) } as unknown as Connection
      for (const _ of range(150)) {
        const connection = random(10) === 0 ? isBroken : client
        const asked = counts(random(60), random(120))
        const atHand = random(2) === 0 ? pool.reserveAtHand(connection, asked) : undefined
        const reserved = atHand ?? (await pool.reserve(connection, asked).catch(() => undefined))
        if (!reserved) continue
        const calls = useCalls(reserved, random(asked.calls + 1))
        await turn()
        const added = use(reserved, random(asked.interactions + 1))
        assert.ok(isAscending(calls) && isAscending(added))
        reserved.giveBack()
        given.calls.push(...calls)
        given.interactions.push(...added)
      }
    }
    await Promise.all(range(6).map(worker))
    for (const ids of Object.values(given)) {
      assert.ok(ids.length > 5_000)
      assert.equal(new Set(ids).size, ids.length)
    }
  })
})
