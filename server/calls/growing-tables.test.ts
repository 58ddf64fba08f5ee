import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { callChange, callOpening } from '@toneout/contract/model/call.ts'
import { interactionAddition, interactionRevision } from '@toneout/contract/model/interaction.ts'
import { isRefusal } from '@toneout/contract/refusals.ts'
import { grown, keepYoung, readsWhenGrown, youngTables } from '../test/support/growing-tables.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { createIntake, type Intake } from './intake.ts'

const range = (count: number) => Array.from({ length: count }, (_, at) => at)

/** What intake writes must cost the same in the first hours of an agency and after its first busy day. */
let server: TestServer
beforeEach(async () => {
  server = await startTestServer({ hasChores: false })
  // The chores of a server read these tables too; what is counted here is what intake reads.
  await server.app.close()
})
afterEach(() => server.close())

const tables = ['calls', 'call_interactions', 'idempotency_keys', 'incidents', 'facts']
const actor = { kind: 'system', id: null, name: 'test' } as const

/** Calls that no process knows. */
async function insertCalls(name: string, count: number): Promise<string[]> {
  const text = `INSERT INTO calls (call_sid, created_at, updated_at)
    SELECT $1 || n, now(), now() FROM generate_series(1, $2::int) n RETURNING call_sid`
  const { rows } = await server.ctx.db.pool.query<{ call_sid: string }>(text, [name, count])
  return rows.map(({ call_sid }) => call_sid)
}

/** One of each kind of work on a call of its own, and a change and words of one that is not known here. */
async function work(intake: Intake, call_sid: string, unknown: string): Promise<void> {
  const done = async <T>(outcome: Promise<T>) => {
    const answer = await outcome
    assert.ok(!isRefusal(answer), JSON.stringify(answer))
    return answer
  }
  const body = callOpening.parse({
    call_sid,
    caller_number: '+15550142',
    emergency_type: 'FIRE',
    location: 'x',
  })
  const open = () => done(intake.submit({ kind: 'open', actor, call_sid, body, byAi: true }))
  const change = (sid: string, to: object) =>
    done(intake.submit({ kind: 'change', actor, call_sid: sid, body: callChange.parse(to) }))
  const said = interactionAddition.parse({ speaker: 'CALLER', message: 'hel', is_final: false })
  const add = (key?: string) => {
    const once = key === undefined ? undefined : { key, hash: 'ab'.repeat(32) }
    return done(intake.submit({ kind: 'add', actor, call_sid, body: said, once }))
  }
  await open()
  await open()
  await add()
  await add(call_sid)
  const first = await add(call_sid)
  const id = 'body' in first ? first.body.id : 0
  const final = interactionRevision.parse({ message: 'hello', is_final: true })
  await done(intake.submit({ kind: 'revise', actor, call_sid, id, body: final }))
  await change(call_sid, { category: 'ROAD' })
  await change(unknown, { category: 'ROAD' })
  await change(call_sid, { status: 'COMPLETED' })
}

/** So often that a connection would keep a plan for any value: the database does from the sixth time on. */
const rounds = 8

/** The work on each of the two connections: a lane keeps the one it took until it is closed. */
async function workOnEach(name: string): Promise<void> {
  const lanes = [createIntake(server.ctx), createIntake(server.ctx)]
  for (const [at, lane] of lanes.entries()) {
    const unknown = await insertCalls(`${name}-${at}-unknown-`, rounds)
    for (const round of range(rounds)) await work(lane, `${name}-${at}-${round}`, unknown[round] as string)
  }
  assert.equal(server.ctx.db.intake.totalCount, 2)
  for (const lane of lanes) {
    await lane.idle()
    lane.close()
  }
}

const grow = [
  `INSERT INTO incidents (incident_number, priority, emergency_type, received_at, updated_at)
    SELECT 'g-' || n, 1, 'CARDIAC', now(), now() FROM generate_series(1, ${grown}) n`,
  `INSERT INTO calls (call_sid, incident_id, created_at, updated_at)
    SELECT incident_number, id, now(), now() FROM incidents WHERE incident_number LIKE 'g-%'`,
  `INSERT INTO call_interactions (call_id, sequence, speaker, message, words, created_at)
    SELECT id, 0, 'CALLER', 'hello', 'hello', now() FROM calls WHERE call_sid LIKE 'g-%'`,
  `INSERT INTO idempotency_keys (call_id, key, request_hash, reply, created_at)
    SELECT id, call_sid, decode('ab', 'hex'), '{}', now() FROM calls WHERE call_sid LIKE 'g-%'`,
]

describe('intake reads few rows of tables that have grown since its statements were planned', () => {
  for (const state of youngTables) {
    test(`tables that were ${state}`, { timeout: 120_000 }, async () => {
      await keepYoung(server, tables, state)
      const { passed, found } = await readsWhenGrown(server, {
        pool: server.ctx.db.intake,
        tables,
        grow,
        early: () => workOnEach('early'),
        late: () => workOnEach('late'),
      })
      assert.ok(found > 10, `the reads of intake are counted: ${found}`)
      assert.ok(passed + found < 1_000, `${passed} rows were passed over, ${found} found by an index`)
    })
  }
})
