import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openDatabase } from '../lib/db.ts'
import { createTestDatabase, type TestDatabase } from '../test/support/cluster.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { createIntake, type Intake } from './intake.ts'

const range = (count: number) => Array.from({ length: count }, (_, at) => at)

let database: TestDatabase
let servers: TestServer[]
let asks: [Ask, Ask]
const by = (at: number) => asks[at % 2] as Ask
const sql = async <T>(text: string, values: unknown[] = []) =>
  ((await servers[0]?.ctx.db.pool.query(text, values))?.rows ?? []) as T[]

before(async () => {
  database = await createTestDatabase()
  servers = [await startTestServer({ database }), await startTestServer({ database })]
  const [one, two] = servers as [TestServer, TestServer]
  asks = [withKey(one.baseUrl, one.key), withKey(two.baseUrl, one.key)]
  // A fault of ours that only the database sees, so that groups fail behind which others were sent.
  await sql(`CREATE FUNCTION refuse_poison() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'poison'; END $$`)
  await sql(`CREATE TRIGGER poison BEFORE INSERT ON call_interactions FOR EACH ROW
    WHEN (NEW.message = 'poison') EXECUTE FUNCTION refuse_poison()`)
})
after(async () => {
  for (const server of servers) await server.close()
  await database.drop()
})

async function open(call_sid: string): Promise<number> {
  const { status, body } = await by(0)('POST', '/api/calls/', { call_sid, caller_number: '+15550100' })
  assert.equal(status, 201)
  return body.id as number
}

test('two processes that take turns on one call number its utterances one by one', async () => {
  await open('turns')
  const said = { speaker: 'CALLER', message: 'hello' }
  for (const at of range(40)) {
    const { body } = await by(Math.floor(at / 3))('POST', '/api/calls/turns/interactions/', said)
    assert.equal(body.sequence, at)
  }
})

test('a call that somebody changed in the database is read again before it is written', async () => {
  const id = await open('edited')
  await by(0)('PATCH', '/api/calls/edited/', { location: '21 Harbour Street' })
  await sql("UPDATE calls SET language = 'es', emergency_type = 'FIRE' WHERE id = $1", [id])
  const changed = await by(0)('PATCH', '/api/calls/edited/', { location: '22 Harbour Street' })
  assert.deepEqual(
    [changed.status, changed.body.location, changed.body.emergency_type],
    [200, '22 Harbour Street', 'FIRE'],
  )
  const [row] = await sql<{ language: string }>('SELECT language FROM calls WHERE id = $1', [id])
  assert.equal(row?.language, 'es')
  await sql("UPDATE calls SET status = 'COMPLETED', completed_at = created_at WHERE id = $1", [id])
  assert.equal((await by(0)('PATCH', '/api/calls/edited/', { status: 'CANCELLED' })).status, 409)
  assert.equal((await by(0)('PATCH', '/api/calls/edited/', {})).body.status, 'COMPLETED')
})

/** A change that names its round, so that all values differ. */
const actor = { kind: 'system', id: null, name: 'test' } as const
const fields = ['location', 'language', 'category', 'incident_number'] as const

test('every change starts from what the one before it left, whatever fails or races', {
  timeout: 120_000,
}, async (t) => {
  const sids = range(5).map((at) => `chain-${at}`)
  const ids = await Promise.all(sids.map(open))
  const acknowledged = new Map<string, number>()
  const random = (count: number) => Math.floor(Math.random() * count)
  const intakes = servers.map(({ ctx }) => {
    const db = openDatabase({ connection: database.connection, onIdleError: () => {} })
    const intake = createIntake({ ...ctx, db }, 0)
    t.after(async () => {
      await intake.idle()
      intake.close()
      await db.close()
    })
    return intake
  })
  const client = async (who: number) => {
    for (const round of range(60)) {
      const call_sid = sids[random(sids.length)] as string
      // Mostly by one process, or nothing would ever be known.
      const intake = intakes[random(6) === 0 ? 1 : 0] as Intake
      const changed = { [fields[random(4)] as string]: `x${who}-${round}` }
      const message = random(8) === 0 ? 'poison' : `words ${who} ${round}`
      const submitted =
        random(3) > 0
          ? intake.submit({ kind: 'change', actor, call_sid, body: changed })
          : intake.submit({ kind: 'add', actor, call_sid, body: { speaker: 'CALLER', message } })
      const said = await submitted.catch((error: Error) => assert.match(error.message, /poison/))
      if (said && 'status' in said && said.status === 201)
        acknowledged.set(call_sid, (acknowledged.get(call_sid) ?? 0) + 1)
    }
  }
  await Promise.all(range(32).map(client))
  for (const [at, id] of ids.entries()) {
    const facts = await sql<{ data: { changes: Record<string, { from: unknown; to: unknown }> } }>(
      "SELECT data FROM facts WHERE call_id = $1 AND type = 'call_updated' ORDER BY id",
      [id],
    )
    const [row] = await sql<Record<string, unknown>>('SELECT * FROM calls WHERE id = $1', [id])
    for (const field of fields) {
      const steps = facts.flatMap(({ data }) => (data.changes[field] ? [data.changes[field]] : []))
      for (const [step, { from }] of steps.entries()) {
        if (step > 0) assert.equal(from, steps[step - 1]?.to, `${field} of call ${at}, change ${step}`)
      }
      assert.equal(row?.[field], steps.at(-1)?.to)
    }
    const said = await sql<{ sequence: number }>(
      'SELECT sequence FROM call_interactions WHERE call_id = $1 ORDER BY sequence',
      [id],
    )
    // A group that failed may leave a gap, never the same number twice.
    assert.equal(said.length, acknowledged.get(sids[at] as string) ?? 0)
    assert.equal(new Set(said.map((one) => one.sequence)).size, said.length)
  }
})
