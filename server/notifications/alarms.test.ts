import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeParamedic, makeUnits, signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { followTimeline } from './following.ts'
import { watchAlarms } from './watching.ts'

let server: TestServer
let desk: Ask
let chief: Ask
let medic: { id: number; ask: Ask }
let unit: number
let offset = 0
let serial = 0
const raised: string[] = []

before(async () => {
  const now = () => new Date(Date.now() + offset)
  server = await startTestServer({ now, config: { accessTokenSeconds: 86_400 } })
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
  chief = (await signIn(server, 'chief', 'supervisor')).ask
  medic = await signIn(server, 'medic', 'paramedic')
  await makeParamedic(server, medic.id, '2999-01-01')
})
after(() => server.close())

const query = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows
/** So many seconds later, with one look at what is wrong. */
async function later(seconds: number): Promise<void> {
  offset += seconds * 1_000
  await watchAlarms(server.ctx, { onAlarm: (kind, stage) => void raised.push(`${kind} ${stage}`) })
  while (await followTimeline(server.ctx, { ready: new Set(['SCREEN']) }));
}
const factsOf = async (incident: number) =>
  (
    await query(
      `SELECT type, data->>'kind' AS kind, data->>'stage' AS stage FROM facts
        WHERE incident_id = $1 ORDER BY id`,
      [incident],
    )
  )
    .filter(({ type }) => /alarm|alerted/.test(type))
    .map(({ type, kind, stage }) => [type, kind, stage].filter(Boolean).join(' '))
const standing = async (incident: number) =>
  (await desk('GET', '/api/alarms/')).body.results.filter(
    (one: { incident_id: number }) => one.incident_id === incident,
  )
async function raise(priority: number): Promise<number> {
  const { body } = await desk('POST', '/api/incidents/', { emergency_type: 'FIRE', priority })
  return body.id
}
async function send(incident: number): Promise<number> {
  serial += 1
  ;[unit] = (await makeUnits(server, 1, `A${serial}-`, 'FIRE')) as [number]
  await query('UPDATE paramedics SET unit_id = $1 WHERE person_id = $2', [unit, medic.id])
  const order = { order_id: `a-${serial}`, unit_ids: [unit] }
  const { body } = await desk('POST', `/api/incidents/${incident}/assignments/`, order)
  return body.assignments[0].id
}

test('a silent crew is alerted again, then the desk, then the supervisor, once each', async () => {
  const incident = await raise(3)
  const assignment = await send(incident)
  for (const seconds of [20, 12, 16, 61, 600]) await later(seconds)
  assert.deepEqual(await factsOf(incident), [
    'crew_alerted_again CREW_SILENT',
    'alarm_raised CREW_SILENT DESK',
    'alarm_raised CREW_SILENT SUPERVISOR',
  ])
  const events = await query('SELECT event FROM messages WHERE incident_id = $1 ORDER BY id', [incident])
  const own = (await medic.ask('GET', '/api/messages/mine/')).body.results
  assert.deepEqual(
    own.slice(0, 2).map(({ event }: { event: string }) => event),
    ['DISPATCH_REPEATED', 'DISPATCHED'],
  )
  assert.ok(events.length >= 2)
  await desk('POST', `/api/assignments/${assignment}/en-route/`)
  await later(1)
  assert.deepEqual(await standing(incident), [])
  assert.equal((await factsOf(incident)).at(-1), 'alarm_ended CREW_SILENT')
})

test('a crew that acknowledges by message is not silent, but must set out', async () => {
  const incident = await raise(3)
  await send(incident)
  await later(0)
  const [first] = (await medic.ask('GET', '/api/messages/mine/')).body.results
  assert.equal((await medic.ask('POST', `/api/messages/${first.id}/acknowledge/`)).status, 200)
  await later(40)
  assert.deepEqual(await factsOf(incident), [])
  await later(51)
  assert.deepEqual(await factsOf(incident), ['crew_alerted_again CREW_STILL'])
})

test('an alarm that a desk takes on goes to no supervisor', async () => {
  const incident = await raise(1)
  await later(79)
  assert.deepEqual(await standing(incident), [])
  await later(2)
  assert.equal((await standing(incident))[0].kind, 'WAITING_SOON')
  await later(40)
  const [late] = await standing(incident)
  assert.deepEqual([late.kind, late.stage, late.words], ['WAITING_LATE', 'DESK', 'Nobody was sent in time'])
  assert.equal((await chief('POST', `/api/alarms/${late.id}/acknowledge/`)).status, 204)
  assert.equal((await desk('POST', `/api/alarms/${late.id}/acknowledge/`)).status, 204)
  await later(600)
  const [shown] = await standing(incident)
  assert.deepEqual([shown.stage, shown.acknowledged_by], ['DESK', 'chief'])
  assert.deepEqual(await factsOf(incident), [
    ...['alarm_raised WAITING_SOON DESK', 'alarm_raised WAITING_LATE DESK', 'alarm_ended WAITING_SOON'],
    'alarm_acknowledged WAITING_LATE',
  ])
  assert.equal((await medic.ask('POST', `/api/alarms/${late.id}/acknowledge/`)).status, 403)
})

test('a call that wants a person raises one alarm, however many processes look', async () => {
  const call = { call_sid: 'CA-wants', caller_number: '+15550142', location: 'Pier 1' }
  const ask = withKey(server.baseUrl, server.key)
  assert.equal((await ask('POST', '/api/calls/', call)).status, 201)
  assert.equal((await ask('PATCH', '/api/calls/CA-wants/', { status: 'ESCALATED' })).status, 200)
  raised.length = 0
  await Promise.all([later(0), later(0), later(0)])
  assert.equal(raised.filter((one) => one === 'PERSON_WANTED DESK').length, 1)
  const told = await query(
    "SELECT data FROM facts WHERE type = 'alarm_raised' AND data->>'kind' = 'PERSON_WANTED'",
  )
  assert.equal(told.length, 1)
  assert.doesNotMatch(JSON.stringify(told), /5550142/)
})
