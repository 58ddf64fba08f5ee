import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Client } from '@toneout/contract/client.ts'
import { signIn } from '../server/test/support/centre.ts'
import { startTestServer } from '../server/test/support/test-server.ts'
import { openPlay } from './play.ts'
import { runHeadless } from './run-headless.ts'
import { loadScenario, parseScenario } from './scenario.ts'
import { openTally } from './tally.ts'

const account = { username: 'demo-dispatcher', password: 'password of demo-dispatcher' }
const { signal } = new AbortController()

async function openServer() {
  const server = await startTestServer()
  await signIn(server, account.username, 'supervisor')
  return server
}

const events = [
  { at: 1, kind: 'diversion', hospital: 'Halvard General Hospital', minutes: 8 },
  { at: 1, kind: 'road_closure', bridge: 'Customs Bridge', minutes: 8 },
  { at: 2, kind: 'mass_casualty', landmark: 'Central Station', callers: 5, patients: 4 },
  { at: 8, kind: 'ai_outage', minutes: 4 },
]
const fields = {
  title: 'A bad quarter of an hour',
  starts: 'Tuesday 17:00',
  minutes: 15,
  calls_per_hour: 40,
  traffic: 1,
}
const bad = parseScenario('bad', JSON.stringify({ ...fields, events }))

test('a bad quarter of an hour is played without a page, and every check is content', {
  timeout: 240_000,
}, async (t) => {
  const server = await openServer()
  t.after(server.close)
  const asked = {
    url: server.baseUrl,
    key: server.key,
    account,
    scenario: bad,
    minutes: 15,
    speed: 1_000,
    signal,
  }
  const { faults, summary, tally } = await runHeadless({ ...asked, seed: 'bad', run: 'test' })
  assert.deepEqual(faults, [])
  assert.match(summary.join('\n'), /incidents +[1-9]\d* raised/)
  assert.ok(
    tally.callsLost > 0 || tally.callsStarted > tally.callsEnded,
    'the outage has cost nobody anything',
  )
  const { rows } = await server.ctx.db.pool.query(
    `SELECT i.location, count(*)::int AS sent FROM assignments a JOIN incidents i ON i.id = a.incident_id
     GROUP BY i.id ORDER BY sent DESC`,
  )
  assert.ok(rows[0].sent >= 4, `${rows[0].sent} units went where four are hurt`)
  const noted = await server.ctx.db.pool.query("SELECT 1 FROM incidents WHERE notes LIKE 'By phone %'")
  assert.ok(noted.rows.length > 0, 'nobody answered the phone while the AI was away')
})

for (const name of ['mass-casualty', 'hospital-on-diversion']) {
  test(`a quarter of an hour of ${name}, as it is in its file`, { timeout: 240_000 }, async (t) => {
    const server = await openServer()
    t.after(server.close)
    const shared = { url: server.baseUrl, key: server.key, account, speed: 1_000, signal }
    const scenario = loadScenario(name)
    const { faults, tally } = await runHeadless({ ...shared, scenario, minutes: 15, seed: 'file', run: name })
    assert.deepEqual(faults, [])
    assert.ok(tally.callsStarted > 0)
  })
}

test('a fault is found: a row that somebody has changed behind the back of the server', {
  timeout: 240_000,
}, async (t) => {
  const server = await openServer()
  t.after(server.close)
  const scenario = { ...loadScenario('weekday'), callsPerHour: 60 }
  const asked = { url: server.baseUrl, key: server.key, account, scenario, minutes: 5, speed: 1_000, signal }
  const spoil = () =>
    server.ctx.db.pool.query("UPDATE assignments SET assigned_at = assigned_at - interval '1 hour'")
  let spoiling: Promise<unknown> | undefined
  const onPlayed = () => {
    spoiling = spoil()
  }
  const { faults } = await runHeadless({ ...asked, seed: 'spoilt', run: 'test', onPlayed })
  await spoiling
  assert.ok(
    faults.some((fault) => /^P1: /.test(fault)),
    faults.join('\n'),
  )
})

test('the same seed gives the same commands in the same order', { timeout: 240_000 }, async (t) => {
  const play = async () => {
    const server = await openServer()
    t.after(server.close)
    const asked: string[] = []
    const tally = openTally()
    const record =
      (client: Client): Client =>
      (id, request, aborted) => {
        if (!/^(read|list)/.test(id))
          asked.push(`${playing?.timetable.now()} ${id} ${JSON.stringify(request)}`)
        return client(id, request, aborted)
      }
    const shared = { url: server.baseUrl, key: server.key, account, tally, record, speed: 1_000 }
    const scenario = { ...loadScenario('storm'), callsPerHour: 50 }
    let playing: Awaited<ReturnType<typeof openPlay>> | undefined
    playing = await openPlay({ ...shared, scenario, seed: 'same', run: 'same' }, 0)
    await playing.until(6 * 60_000, Number.POSITIVE_INFINITY, signal)
    await playing.close()
    assert.deepEqual([...tally.errors], [])
    return asked
  }
  const [first, second] = [await play(), await play()]
  assert.ok(
    first.some((line) => / dispatchUnits /.test(line)) && first.some((line) => / stepAssignment /.test(line)),
  )
  assert.deepEqual(second.filter(isDecision), first.filter(isDecision))
})

/** Positions are reported by the clock on the wall too, so that none grows old. */
const isDecision = (line: string) => !/ reportPositions /.test(line)
