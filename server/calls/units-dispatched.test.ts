import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { LiveFact } from '@toneout/contract/model/fact.ts'
import { makeUnits, signIn } from '../test/support/centre.ts'
import { openStream } from '../test/support/event-stream.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let ai: Ask
let desk: Ask
let serial = 0
before(async () => {
  server = await startTestServer()
  ai = withKey(server.baseUrl, server.key)
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
})
after(() => server.close())

const opening = () => ({
  call_sid: `units-${++serial}`,
  caller_number: '+15550142',
  emergency_type: 'FIRE',
  location: 'Pier 3',
})
async function open(more: object = {}) {
  const sent = { ...opening(), ...more }
  const { body } = await ai('POST', '/api/calls/', sent)
  return { sent, sid: sent.call_sid, incident: body.incident_id as number, said: body.units_dispatched }
}
async function send(incident: number) {
  const unit_ids = await makeUnits(server, 1, `U${++serial}-`)
  const order = { order_id: `units-${serial}`, unit_ids }
  assert.equal((await desk('POST', `/api/incidents/${incident}/assignments/`, order)).status, 200)
}
/** What each reply about the call says. */
async function told(sid: string, sent: object) {
  const path = `/api/calls/${sid}/`
  const changed = await ai('PATCH', path, { category: `round ${++serial}` })
  const repeated = await ai('POST', '/api/calls/', sent)
  const listed = (await desk('GET', '/api/calls/')).body.results as { call_sid: string }[]
  const all = [changed.body, repeated.body, (await ai('GET', path)).body]
  return [...all, listed.find(({ call_sid }) => call_sid === sid)].map((call) => call.units_dispatched)
}

test('a call says that units were sent once one was, in every reply and on the stream', async () => {
  const { sid, incident, sent } = await open()
  assert.deepEqual(await told(sid, sent), [false, false, false, false])
  const stream = await openStream(server.baseUrl, { 'x-api-key': server.readerKey })
  await stream.take('hello')
  await send(incident)
  const [fact] = (await stream.take('fact')).map(({ data }) => data as LiveFact)
  stream.close()
  assert.deepEqual(
    [fact?.type, fact?.call?.call_sid, fact?.call?.units_dispatched],
    ['unit_assigned', sid, true],
  )
  assert.deepEqual(await told(sid, sent), [true, true, true, true])
  const denied = await ai('PATCH', `/api/calls/${sid}/`, { units_dispatched: false })
  assert.equal(denied.body.units_dispatched, true)
})

test('a client that sends units itself is believed', async () => {
  const { sid, sent, said } = await open({ units_dispatched: true })
  assert.equal(said, true)
  assert.deepEqual(await told(sid, sent), [true, true, true, true])
})

test('a call that is merged into an incident with units has them too', async () => {
  const [one, other] = [await open(), await open()]
  await send(other.incident)
  assert.deepEqual(await told(one.sid, one.sent), [false, false, false, false])
  const merged = await desk('POST', `/api/incidents/${one.incident}/merge/`, { into_id: other.incident })
  assert.equal(merged.status, 200)
  assert.deepEqual(await told(one.sid, one.sent), [true, true, true, true])
})
