import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { makeIncidents, makeUnits, signIn } from '../test/support/centre.ts'
import { grown, keepYoung, lendAll, readsWhenGrown, youngTables } from '../test/support/growing-tables.ts'
import type { Ask } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

/**
 * A new installation begins with empty tables, and nobody analyses them for a while. What the desk's
 * statements cost must not grow with the tables meanwhile.
 */
let server: TestServer
let ask: Ask

beforeEach(async () => {
  server = await startTestServer({ hasChores: false })
  ask = (await signIn(server, 'desk', 'dispatcher')).ask
})
afterEach(() => server.close())

const tables = ['assignments', 'incidents', 'units', 'facts', 'dispatch_orders']

/**
 * One of each kind of work: an order, its repetition, a step, a diversion, a merge, a split, an end and a
 * correction.
 */
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
  const corrected = { milestone: 'en_route_at', at: first.assigned_at, reason: 'pressed late' }
  await done(`/api/assignments/${first.id}/correct/`, corrected)
}

/** The same work on each connection of the desk, while the others are lent to us. */
async function workOnEach(units: number[], incidents: number[], name: string): Promise<void> {
  const { desk } = server.ctx.db
  const lent = await lendAll(desk)
  for (const at of lent.keys()) {
    lent[at]?.release()
    await work(units.slice(at * 2, at * 2 + 2), incidents.slice(at * 2, at * 2 + 2), `${name}-${at}`)
    lent[at] = await desk.connect()
  }
  for (const one of lent) one.release()
}

const grow = [
  `INSERT INTO units (unit_number, unit_type, updated_at)
    SELECT 'G' || n, 'ADVANCED', now() FROM generate_series(1, ${grown}) n`,
  `INSERT INTO incidents
      (incident_number, priority, emergency_type, location, received_at, updated_at)
    SELECT 'g-' || n, 1, 'CARDIAC', '21 Harbour Street', now(), now() FROM generate_series(1, ${grown}) n`,
  `INSERT INTO assignments (incident_id, unit_id, assigned_at)
    SELECT i.id, u.id, now() FROM incidents i JOIN units u
    ON i.incident_number = 'g-' || substr(u.unit_number, 2) AND u.unit_number LIKE 'G%'`,
]

describe('the desk reads few rows of tables that have grown since its statements were planned', () => {
  for (const state of youngTables) {
    test(`tables that were ${state}`, async () => {
      await keepYoung(server, tables, state)
      // Two of each for the work on one connection.
      const each = server.ctx.db.desk.options.max * 2
      const units = await makeUnits(server, each * 2, 'A')
      const incidents = await makeIncidents(server, each * 2, 'a-')
      const { passed, found } = await readsWhenGrown(server, {
        pool: server.ctx.db.desk,
        tables,
        grow,
        early: () => workOnEach(units.slice(0, each), incidents.slice(0, each), 'early'),
        late: () => workOnEach(units.slice(each), incidents.slice(each), 'late'),
      })
      assert.ok(found > 10, `the desk's reads are counted: ${found}`)
      assert.ok(passed + found < 1_000, `${passed} rows were passed over, ${found} found by an index`)
    })
  }
})
