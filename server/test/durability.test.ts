import assert from 'node:assert/strict'
import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { findRunning } from '../lib/embedded-postgres/login.ts'
import { type Burst, send, startBurst, type Wish } from './support/burst.ts'
import { type Ask, asker } from './support/http.ts'
import {
  makeDataDir,
  postmasterOf,
  type ServerProcess,
  startServerProcess,
} from './support/server-process.ts'

const limit = { timeout: 600_000 }
const key = 'tone_durability_key_of_this_test_only'
const clients = 40

describe('acknowledged means committed, whatever is killed', () => {
  let dataDir: string
  let server: ServerProcess
  let ask: Ask
  /** Of all rounds: what a round acknowledged must outlive the later ones too. */
  const wishes: Wish[] = []
  const output: string[] = []
  /** LIKE patterns of rounds that were not compared; later rounds must not fail for one that failed. */
  const failed = new Set<string>()

  const start = async () => {
    server = await startServerProcess(dataDir, { AI_DISPATCHER_KEY: key })
    ask = asker(server.baseUrl, { 'x-api-key': key })
  }
  const isUp = () => server.child.exitCode === null && server.child.signalCode === null
  /** Polls until the condition holds; a wait is never endless, and ends at once when the server has ended. */
  const eventually = async (what: string, holds: () => boolean | Promise<boolean>) => {
    const end = performance.now() + 180_000
    while (!(await holds())) {
      if (!isUp()) throw new Error(`the server ended by itself:\n${server.output().slice(-2_000)}`)
      if (performance.now() > end) throw new Error(`it did not come in time: ${what}`)
      await delay(10)
    }
  }
  const begin = async (t: TestContext, name: string, once: boolean) => {
    // A test that failed may have left no server.
    if (!isUp()) await start()
    const burst = startBurst(ask, name, { clients, once })
    failed.add(`${name}-%`)
    t.after(burst.stop)
    await eventually('enough was acknowledged', () => burst.acknowledged() >= 200)
    return burst
  }
  const killServer = async () => {
    await server.end('SIGKILL')
    output.push(server.output())
  }
  const killDatabase = () => {
    const pid = postmasterOf(dataDir)
    assert.ok(pid, 'there is a PostgreSQL to kill')
    process.kill(pid, 'SIGKILL')
    return pid
  }
  const query = async (text: string, values: unknown[] = []) => {
    const login = await findRunning(dataDir)
    assert.ok(login)
    const client = new pg.Client(login.options('dispatch_db'))
    client.on('error', () => {})
    await client.connect()
    try {
      return (await client.query(text, values)).rows
    } finally {
      await client.end()
    }
  }

  before(async () => {
    dataDir = makeDataDir()
    await start()
  }, limit)
  after(async () => {
    if (isUp()) await server.end('SIGTERM')
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  })

  /** Retries what is unknown under its name, then compares the database with what the clients were told. */
  async function assertKept(burst: Burst): Promise<void> {
    assert.deepEqual(burst.strange.slice(0, 3), [], 'an answer that was neither 2xx nor a proper 503')
    const open = burst.wishes.filter((wish) => !wish.acknowledged)
    for (const wish of open) {
      const answer = await send(ask, wish)
      assert.ok(answer && answer.status < 300, `a retry was answered with ${answer?.status}`)
      wish.acknowledged = answer
    }
    // The same once more: one name is one thing, and the answer is that thing.
    const again = burst.wishes.filter((wish, at) => wish.isUnknown || at % 50 === 0)
    for (const wish of again) {
      const answer = await send(ask, wish)
      assert.equal(answer?.status, wish.message === undefined ? 200 : 201)
      assert.deepEqual(answer?.body, wish.acknowledged?.body)
    }
    wishes.push(...burst.wishes)
    failed.delete(`${burst.name}-%`)
    await assertAllThere()
  }

  async function assertAllThere(): Promise<void> {
    const compared = [[...failed]]
    const stored = await query(
      `SELECT id::int, call_sid, location, caller_sealed IS NOT NULL AS has_number FROM calls
      WHERE call_sid NOT LIKE ALL ($1) ORDER BY id`,
      compared,
    )
    const opened = wishes.filter((wish) => wish.message === undefined)
    const call = (body: Record<string, unknown>) => {
      const { id, call_sid, location } = body
      return { id, call_sid, location, has_number: true }
    }
    const told = opened
      .map((wish) => call(wish.acknowledged?.body))
      .sort((a, b) => Number(a.id) - Number(b.id))
    assert.deepEqual(stored, told)
    const words = await query(
      `SELECT i.id::int, c.call_sid, i.sequence::int, i.message FROM call_interactions i
      JOIN calls c ON c.id = i.call_id WHERE c.call_sid NOT LIKE ALL ($1) ORDER BY i.id`,
      compared,
    )
    const said = wishes
      .filter((wish) => wish.message !== undefined)
      .map(({ acknowledged }) => {
        const { id, call_sid, sequence, message } = acknowledged?.body ?? {}
        return { id, call_sid, sequence, message }
      })
      .sort((a, b) => a.id - b.id)
    assert.deepEqual(words, said)
    const facts = await query(
      `SELECT count(*)::int AS n,
        count(DISTINCT (f.type, f.call_id, f.data->>'interaction_id'))::int AS distinct
      FROM facts f JOIN calls c ON c.id = f.call_id
      WHERE f.type IN ('call_opened', 'interaction_added') AND c.call_sid NOT LIKE ALL ($1)`,
      compared,
    )
    assert.deepEqual(facts, [{ n: told.length + said.length, distinct: told.length + said.length }])
    const last = wishes.at(-1) as Wish
    const shown = (await ask('GET', `/api/calls/${last.call_sid}/`)).body
    assert.equal(shown.call_sid, last.call_sid)
  }

  for (const round of [1, 2, 3]) {
    test(`the server is killed with -9 in the middle of a burst, round ${round}`, limit, async (t) => {
      const burst = await begin(t, `server${round}`, true)
      await killServer()
      await burst.stop()
      assert.ok(burst.wishes.some((wish) => wish.isUnknown))
      await start()
      await assertKept(burst)
    })
  }

  for (const victim of ['postmaster', 'backend of the intake', 'postmaster'] as const) {
    test(`PostgreSQL is killed with -9 (${victim}) and the server stays up`, limit, async (t) => {
      const burst = await begin(t, `db-${victim.slice(0, 7)}-${wishes.length}`, false)
      if (victim === 'postmaster') killDatabase()
      else {
        const busy = await query("SELECT pid FROM pg_stat_activity WHERE application_name = 'toneout intake'")
        process.kill(busy[0]?.pid, 'SIGKILL')
      }
      const before = burst.acknowledged()
      await eventually('it comes back by itself', () => burst.acknowledged() >= before + 400)
      await burst.stop()
      assert.ok(isUp())
      await assertKept(burst)
    })
  }

  for (const round of [1, 2]) {
    test(`both are killed with -9 in the middle of a burst, round ${round}`, limit, async (t) => {
      const burst = await begin(t, `both${round}`, true)
      killDatabase()
      await killServer()
      await burst.stop()
      await start()
      await assertKept(burst)
    })
  }

  test(
    'while the database is away: ready 503, live 200, writes 503 soon; all comes back by itself',
    limit,
    async () => {
      const stranger = asker(server.baseUrl, {})
      const ready = () => stranger('GET', '/health/ready')
      const wish: Wish = { call_sid: 'while-away', isUnknown: false }
      assert.equal((await ready()).status, 200)
      const [cluster, hidden] = [join(dataDir, 'postgres/cluster'), join(dataDir, 'postgres/cluster-hidden')]
      const pid = postmasterOf(dataDir) as number
      renameSync(cluster, hidden)
      try {
        process.kill(pid, 'SIGKILL')
        await eventually('ready says 503', async () => (await ready()).status === 503)
        const away = await ready()
        assert.deepEqual(away.body, { status: 'not_ready', checks: { database: false, migrations: false } })
        for (let tries = 0; tries < 20; tries += 1) {
          assert.equal((await stranger('GET', '/health/live')).status, 200)
          const answer = await send(ask, wish)
          assert.equal(answer?.status, 503)
          assert.ok(Number(answer?.headers.get('retry-after')) > 0)
          assert.deepEqual(Object.keys(answer?.body).sort(), ['code', 'detail', 'request_id'])
          assert.equal((await ask('GET', '/api/calls/?page_size=1')).status, 503)
          assert.equal((await ready()).status, 503)
        }
      } finally {
        renameSync(hidden, cluster)
      }
      await eventually('ready says 200 again', async () => (await ready()).status === 200)
      const answer = await send(ask, wish)
      assert.equal(answer?.status, 201)
      wishes.push({ ...wish, acknowledged: answer })
      await assertAllThere()
    },
  )

  test('what it printed holds no key, no number and no words', async () => {
    const text = [...output, server.output()].join('\n')
    for (const secret of [key, '5550164738', ' says ', 'at server1-']) {
      assert.ok(!text.includes(secret), `${secret} was printed`)
    }
  })
})
