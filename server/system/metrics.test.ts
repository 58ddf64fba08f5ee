import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { makeIncidents, makeUnits, signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { someoneWaits } from '../test/support/locks.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let ask: Ask

before(async () => {
  server = await startTestServer()
  ask = (await signIn(server, 'desk', 'dispatcher')).ask
})
after(() => server.close())

/** The value of a series; undefined when there is none. */
async function read(series: string): Promise<number | undefined> {
  const text = await (await fetch(`${server.baseUrl}/metrics`)).text()
  const line = text.split('\n').find((one) => one.startsWith(`${series} `))
  return line === undefined ? undefined : Number(line.slice(series.length + 1))
}

test('the groups of intake and of the desk are counted apart', async () => {
  const [incident] = await makeIncidents(server, 1, 'a-')
  const unit_ids = await makeUnits(server, 2, 'A')
  const order = { order_id: 'one', unit_ids }
  assert.equal((await ask('POST', `/api/incidents/${incident}/assignments/`, order)).status, 200)
  assert.equal(await read('toneout_group_size_count{lane="desk"}'), 1)
  assert.equal(await read('toneout_group_commit_seconds_count{lane="desk"}'), 1)
  assert.equal(await read('toneout_group_size_count{lane="intake"}'), undefined)
  const call = { call_sid: 'one', caller_number: '+15550164738' }
  assert.equal((await withKey(server.baseUrl, server.key)('POST', '/api/calls/', call)).status, 201)
  assert.equal(await read('toneout_group_size_sum{lane="intake"}'), 1)
  assert.equal(await read('toneout_group_size_sum{lane="desk"}'), 1)
})

/** Asks until it is so. */
async function becomes(read: () => Promise<unknown>, wanted: unknown): Promise<void> {
  let seen = await read()
  for (let attempt = 0; seen !== wanted && attempt < 1_000; attempt += 1) {
    await delay(10)
    seen = await read()
  }
  assert.equal(seen, wanted)
}

test('what waits at the desk is shown', async () => {
  // As many groups as may be under way at once; what comes then waits in the process.
  const atOnce = 3
  const incidents = await makeIncidents(server, atOnce + 2, 'b-')
  const units = await makeUnits(server, atOnce + 2, 'B')
  const holder = new pg.Client(server.database.connection)
  await holder.connect()
  const send = (incident: number | undefined, unit_id: number | undefined) =>
    ask('POST', `/api/incidents/${incident}/assignments/`, { order_id: `b${incident}`, unit_ids: [unit_id] })
  try {
    await holder.query('BEGIN')
    const held = units.slice(0, atOnce)
    await holder.query('SELECT FROM units WHERE id = ANY($1) FOR NO KEY UPDATE', [held])
    const sent: ReturnType<typeof send>[] = []
    for (const at of held.keys()) {
      sent.push(send(incidents[at], units[at]))
      await someoneWaits(server.database, at + 1)
    }
    for (const at of [atOnce, atOnce + 1]) sent.push(send(incidents[at], units[at]))
    await becomes(() => read('toneout_desk_waiting'), 2)
    assert.equal(await read('toneout_intake_waiting'), 0)
    await holder.query('ROLLBACK')
    for (const { status, body } of await Promise.all(sent)) assert.equal(status, 200, JSON.stringify(body))
    assert.equal(await read('toneout_desk_waiting'), 0)
  } finally {
    await holder.end()
  }
})
