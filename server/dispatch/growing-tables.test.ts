import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import type pg from 'pg'
import { makeIncidents, makeUnits, signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

/**
 * A new installation begins with empty tables, and nobody analyses them for a while. What the desk's
 * statements cost must not grow with the tables meanwhile.
 */
let server: TestServer
let ask: Ask

beforeEach(async () => {
  server = await startTestServer()
  ask = (await signIn(server, 'desk', 'dispatcher')).ask
})
afterEach(() => server.close())

const tables = ['assignments', 'incidents', 'units', 'facts', 'dispatch_orders']
const grown = 20_000

/** Both connections of the desk at once, so that what is asked of them is asked of all. */
async function onDesk<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T[]> {
  const clients = [await server.ctx.db.desk.connect(), await server.ctx.db.desk.connect()]
  try {
    return await Promise.all(clients.map(work))
  } finally {
    for (const client of clients) client.release()
  }
}

/** Rows the desk has read so far from the tables by passing over them, and by an index. */
async function rowsRead(): Promise<{ passed: number; found: number }> {
  await onDesk((client) => client.query('SELECT pg_stat_force_next_flush()'))
  const text = `SELECT sum(seq_tup_read)::int AS passed, sum(idx_tup_fetch)::int AS found
    FROM pg_stat_user_tables WHERE relname = ANY($1)`
  return (await server.ctx.db.pool.query(text, [tables])).rows[0]
}

/** One of each kind of work: an order, its repetition, a step, a diversion, a merge, a split and an end. */
async function work(units: number[], [one, two]: number[], name: string): Promise<void> {
  const done = async (path: string, body?: object) => {
    const answer = await ask('POST', path, body)
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return answer.body
  }
  const order = { order_id: name, unit_ids: units }
  const { assignments } = await done(`/api/incidents/${one}/assignments/`, order)
  await done(`/api/incidents/${one}/assignments/`, order)
  const [first, second] = assignments
  await done(`/api/assignments/${first.id}/en-route/`, {})
  await done(`/api/assignments/${second.id}/divert/`, { incident_id: two, reason: 'graver' })
  await done(`/api/incidents/${one}/merge/`, { into_id: two })
  await done(`/api/incidents/${one}/split/`)
  for (const id of [one, two]) await done(`/api/incidents/${id}/close/`, { disposition: 'REFUSED' })
}

/** The same work on each connection of the desk, while the other one is lent to us. */
async function workOnEach(units: number[], incidents: number[], name: string): Promise<void> {
  const { desk } = server.ctx.db
  const lent = [await desk.connect(), await desk.connect()]
  for (const at of [0, 1]) {
    lent[at]?.release()
    await work(units.slice(at * 2, at * 2 + 2), incidents.slice(at * 2, at * 2 + 2), `${name}-${at}`)
    lent[at] = await desk.connect()
  }
  for (const one of lent) one.release()
}

/** What the desk reads for two rounds of work on tables that grew after its statements were planned. */
async function readsWhenGrown(): Promise<{ passed: number; found: number }> {
  const { pool } = server.ctx.db
  const units = await makeUnits(server, 8, 'A')
  const incidents = await makeIncidents(server, 8, 'a-')
  await workOnEach(units.slice(0, 4), incidents.slice(0, 4), 'early')
  // On a connection of its own that has told of what it read before the desk is looked at.
  const client = await pool.connect()
  await client.query(`INSERT INTO units (unit_number, unit_type, updated_at)
    SELECT 'G' || n, 'ADVANCED', now() FROM generate_series(1, ${grown}) n`)
  await client.query(`INSERT INTO incidents
      (incident_number, priority, emergency_type, location, received_at, updated_at)
    SELECT 'g-' || n, 1, 'CARDIAC', '21 Harbour Street', now(), now() FROM generate_series(1, ${grown}) n`)
  await client.query(`INSERT INTO assignments (incident_id, unit_id, assigned_at)
    SELECT i.id, u.id, now() FROM incidents i JOIN units u
    ON i.incident_number = 'g-' || substr(u.unit_number, 2) AND u.unit_number LIKE 'G%'`)
  await client.query('SELECT pg_stat_force_next_flush()')
  await client.query('SELECT 1')
  client.release()
  const before = await rowsRead()
  await workOnEach(units.slice(4), incidents.slice(4), 'late')
  const after = await rowsRead()
  return { passed: after.passed - before.passed, found: after.found - before.found }
}

describe('the desk reads few rows of tables that have grown since its statements were planned', () => {
  for (const state of ['never analysed', 'analysed while they were empty']) {
    test(`tables that were ${state}`, async () => {
      for (const table of tables) {
        // What autovacuum would mend after a minute is left as it is.
        await server.ctx.db.pool.query(`ALTER TABLE ${table} SET (autovacuum_enabled = off)`)
        if (state !== 'never analysed') await server.ctx.db.pool.query(`VACUUM (ANALYZE) ${table}`)
      }
      const { passed, found } = await readsWhenGrown()
      assert.ok(found > 10, `the desk's reads are counted: ${found}`)
      assert.ok(passed + found < 1_000, `${passed} rows were passed over, ${found} found by an index`)
    })
  }
})
