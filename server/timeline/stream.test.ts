import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { maskNumber } from '@toneout/contract/model/caller-number.ts'
import { liveFact } from '@toneout/contract/model/fact.ts'
import pg from 'pg'
import { until } from '../lib/embedded-postgres/processes.ts'
import { createTestDatabase, type TestDatabase } from '../test/support/cluster.ts'
import { type EventStream, openStream, type StreamEvent } from '../test/support/event-stream.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { makeKey, startTestServer, type TestServer } from '../test/support/test-server.ts'
import { type FactDraft, record } from './record.ts'

const range = (count: number) => Array.from({ length: count }, (_, at) => at)
const draft = (n: number): FactDraft => {
  const actor = { kind: 'system', id: null, name: 'test' } as const
  return { at: '2026-11-21T07:00:00.000Z', type: 'call_updated', actor, data: { n } }
}

describe('the live stream, of two server processes on one database', { timeout: 600_000 }, () => {
  let database: TestDatabase
  let servers: [TestServer, TestServer]
  let asks: [Ask, Ask]
  let raw: [pg.Pool, pg.Pool]
  let calls = 0
  const streams: EventStream[] = []

  before(async () => {
    database = await createTestDatabase()
    servers = [await startTestServer({ database }), await startTestServer({ database })]
    asks = [withKey(servers[0].baseUrl, servers[0].key), withKey(servers[1].baseUrl, servers[0].key)]
    raw = [new pg.Pool({ ...database.connection, max: 4 }), new pg.Pool({ ...database.connection, max: 4 })]
    for (const at of range(5)) await open(at)
  })
  after(async () => {
    for (const stream of streams) stream.close()
    for (const pool of raw) await pool.end()
    for (const server of servers) await server.close()
    await database.drop()
  })

  /** Opens a call on one of the two; one fact. */
  const open = async (at: number) => {
    calls += 1
    const reply = await (asks[at % 2] as Ask)('POST', '/api/calls/', {
      call_sid: `call-${calls}`,
      caller_number: '+15550100',
    })
    assert.equal(reply.status, 201)
    return reply
  }
  const say = (at: number, message: string) =>
    (asks[at % 2] as Ask)('POST', '/api/calls/call-1/interactions/', { speaker: 'CALLER', message })
  const ids = async (after = 0): Promise<number[]> => {
    const found = await raw[0].query('SELECT id FROM facts WHERE id > $1 ORDER BY id', [after])
    return found.rows.map((row) => Number(row.id))
  }
  const newest = async () => (await ids()).at(-1) ?? 0
  const listen = async (at: number, more: { after?: number; last?: number } = {}) => {
    const { baseUrl, readerKey } = servers[at % 2] as TestServer
    const headers: Record<string, string> = { 'x-api-key': readerKey }
    if (more.last !== undefined) headers['last-event-id'] = String(more.last)
    const path = more.after === undefined ? undefined : `/api/stream/?after=${more.after}`
    const stream = await openStream(baseUrl, headers, path)
    streams.push(stream)
    return stream
  }
  /** Waits until the stream showed as many facts as there are after the cursor; they must be the same. */
  const assertAll = async (stream: EventStream, after: number) => {
    const all = await ids(after)
    await until(() => stream.facts().length >= all.length || stream.isOver(), 120_000)
    assert.deepEqual(stream.facts(), all)
  }

  test('hello comes first with the newest cursor, then facts of either process as LiveFact', async () => {
    const from = await newest()
    for (const at of [0, 1]) {
      const stream = await listen(at)
      assert.equal(stream.status, 200)
      assert.match(stream.headers['content-type'] ?? '', /^text\/event-stream/)
      assert.equal(stream.headers['cache-control'], 'no-store')
      const [hello] = await stream.take('hello')
      assert.deepEqual(stream.events[0], hello)
      assert.deepEqual(hello, { id: await newest(), event: 'hello', data: { cursor: await newest() } })
    }
    const call = (await open(0)).body
    const word = (await say(1, 'at last')).body
    for (const stream of streams.slice(-2)) {
      await stream.take('fact', 2)
      await assertAll(stream, from)
      const [opened, added] = stream.events
        .filter((one) => one.event === 'fact')
        .map((one) => liveFact.parse(one.data))
      const masked = { ...call, caller_number: maskNumber(call.caller_number) }
      assert.deepEqual([opened?.type, opened?.call, opened?.interaction], ['call_opened', masked, null])
      assert.deepEqual([added?.type, added?.interaction], ['interaction_added', word])
    }
  })

  test('a heartbeat comes when nothing happens', async () => {
    const [beat] = await (await listen(0)).take('heartbeat')
    const { at } = (beat as StreamEvent).data as { at: string }
    assert.equal(new Date(at).toISOString(), at)
  })

  test('resumes after Last-Event-ID or ?after=; the header of a reconnecting browser wins', async () => {
    const [first, second] = (await ids()) as [number, number]
    await assertAll(await listen(0, { last: first }), first)
    await assertAll(await listen(1, { after: first }), first)
    await assertAll(await listen(1, { after: 0, last: second }), second)
    await assertAll(await listen(0, { after: 0 }), 0)
    await assertAll(await listen(0, { after: await newest() }), await newest())
  })

  test('a transaction that appends first and commits last is not lost', async () => {
    const from = await newest()
    const readers = [await listen(0), await listen(1), await listen(0, { after: from })]
    for (const reader of readers) await reader.take('hello')
    const late = await raw[0].connect()
    await late.query('BEGIN')
    await record(late, [draft(1), draft(2)])
    const others = range(8).map((at) => open(at))
    const waiting = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database ="
    const mine = `${waiting} (SELECT oid FROM pg_database WHERE datname = current_database())`
    let held = 0
    for (let tries = 0; held < 2 && tries < 2_000; tries += 1) held = (await raw[1].query(mine)).rowCount ?? 0
    assert.equal(held, 2, 'both processes wait for their turn')
    await late.query('COMMIT')
    late.release()
    await Promise.all(others)
    for (const reader of readers) await assertAll(reader, from)
    const facts = await raw[0].query('SELECT actor_name FROM facts WHERE id > $1 ORDER BY id LIMIT 3', [from])
    assert.deepEqual(facts.rows.map((row) => row.actor_name).slice(0, 2), ['test', 'test'])
    assert.notEqual(facts.rows[2].actor_name, 'test')
  })

  test('without the lock of record() the late one is lost: the test above can see it', async () => {
    const other = await startTestServer()
    const reader = await openStream(other.baseUrl, { 'x-api-key': other.readerKey })
    await reader.take('hello')
    const late = new pg.Client(other.database.connection)
    await late.connect()
    const append = `INSERT INTO facts (at, type, actor_kind, actor_name, data)
      VALUES (now(), 'call_updated', 'system', 'test', '{}') RETURNING id`
    await late.query('BEGIN')
    const lost = Number((await late.query(append)).rows[0].id)
    const ask = withKey(other.baseUrl, other.key)
    await ask('POST', '/api/calls/', { call_sid: 'a', caller_number: '1' })
    await reader.take('fact', 1)
    await late.query('COMMIT')
    await ask('POST', '/api/calls/', { call_sid: 'b', caller_number: '1' })
    await reader.take('fact', 2)
    assert.ok(!reader.facts().includes(lost))
    reader.close()
    await late.end()
    await other.close()
  })

  test('writers of two processes and two more pools race; readers of both see the same order', async () => {
    const from = await newest()
    const readers = [await listen(0), await listen(1)]
    for (const reader of readers) await reader.take('hello')
    const writer = async (pool: pg.Pool, seed: number) => {
      for (const n of range(12)) {
        const client = await pool.connect()
        await client.query('BEGIN')
        await record(client, range(1 + ((seed + n) % 3)).map(draft))
        await client.query(`SELECT pg_sleep(${((seed * 7 + n * 3) % 10) / 1_000})`)
        await client.query(n % 5 === 4 ? 'ROLLBACK' : 'COMMIT')
        client.release()
      }
    }
    const talker = async (at: number) => {
      for (const n of range(15)) {
        // Where its turn at the timeline does not come soon enough, the server says so and wrote nothing.
        const word = () => say(at, `word ${at} ${n}`)
        let seen = await word()
        for (let again = 0; seen.status === 503 && again < 20; again += 1) seen = await word()
        assert.equal(seen.status, 201)
      }
    }
    await Promise.all([
      ...range(8).map((seed) => writer(raw[seed % 2] as pg.Pool, seed)),
      ...range(8).map(talker),
    ])
    for (const reader of readers) await assertAll(reader, from)
  })

  test('a reader that drops and resumes 100 times under load sees every fact once, in order', async () => {
    const from = await newest()
    const seen: number[] = []
    let writing = true
    const talkers = range(6).map(async (at) => {
      for (let n = 0; writing; n += 1) await say(at, `load ${at} ${n}`)
    })
    for (const at of range(100)) {
      const cursor = seen.at(-1) ?? from
      const stream = await listen(at, at % 3 === 0 ? { after: cursor } : { last: cursor })
      await stream.take('fact', 1 + (at % 5))
      stream.close()
      seen.push(...stream.facts())
    }
    writing = false
    await Promise.all(talkers)
    const last = await listen(0, { last: seen.at(-1) })
    await until(() => seen.length + last.facts().length >= 1 && last.events.length > 0, 60_000)
    await assertAll(last, seen.at(-1) as number)
    assert.deepEqual([...seen, ...last.facts()], await ids(from))
  })

  test('401 without a credential, 403 for an AI dispatcher, 400 for a cursor that is none', async () => {
    const { baseUrl, key, readerKey } = servers[0]
    const stranger = await withKey(baseUrl, '')('GET', '/api/stream/')
    assert.deepEqual([stranger.status, stranger.body.code], [401, 'not_authenticated'])
    assert.ok(stranger.headers.get('www-authenticate'))
    const ai = await withKey(baseUrl, key)('GET', '/api/stream/')
    assert.deepEqual([ai.status, ai.body.code], [403, 'forbidden'])
    for (const path of ['?after=-1', '?after=x', '?after=1.5', '?after=9007199254740993', '?before=1']) {
      assert.equal((await withKey(baseUrl, readerKey)('GET', `/api/stream/${path}`)).status, 400, path)
    }
  })

  test('revoking the key ends its open streams, and only those', async () => {
    const { baseUrl, ctx } = servers[0]
    const key = await makeKey(ctx, 'reader')
    const [mine, theirs] = [await openStream(baseUrl, { 'x-api-key': key }), await listen(0)]
    await mine.take('hello')
    const sql = 'UPDATE api_keys SET revoked_at = now() WHERE key_hash = sha256($1)'
    await raw[0].query(sql, [Buffer.from(key)])
    await raw[0].query("SELECT pg_notify('access', '')")
    const ended = await until(() => mine.isOver(), 20_000)
    mine.close()
    assert.equal(theirs.isOver(), false)
    assert.ok(ended, 'the stream of a revoked key went on')
  })
})
