import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeParamedic, makeUnits, signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import {
  eventually,
  type Peer,
  startPeer,
  twilioAccount,
  twilioFaults,
  twilioRefused,
  twilioTook,
} from '../test/support/providers.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { type Params, type Post, publicUrl, twilioAt } from '../test/support/twilio.ts'

let server: TestServer
let twilio: Peer
let desk: Ask
let medic: { id: number; ask: Ask }
let unit: number
let post: Post
let offset = 0
let serial = 0

before(async () => {
  twilio = await startPeer()
  const channels = { twilio: { ...twilioAccount, apiBase: twilio.url }, webhookHosts: [] }
  const now = () => new Date(Date.now() + offset)
  const config = { channels, publicUrl, accessTokenSeconds: 86_400 }
  server = await startTestServer({ notifies: true, now, config })
  const admin = (await signIn(server, 'boss', 'admin')).ask
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
  medic = await signIn(server, 'medic', 'paramedic')
  post = twilioAt(() => server.baseUrl)
  await makeParamedic(server, medic.id, '2999-01-01')
  await admin('PATCH', `/api/people/${medic.id}/contact/`, { phone: '+15550123', language: 'es' })
  const rule = { event: 'DISPATCHED', roles: ['paramedic'], channels: ['VOICE'] }
  assert.equal((await admin('PATCH', '/api/settings/', { notification_rules: [rule] })).status, 200)
})
after(async () => {
  await server.close()
  await twilio.close()
})

const query = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows
const messages = async (incident: number) =>
  (await desk('GET', `/api/messages/?incident_id=${incident}&channel=VOICE`)).body.results
const messageIn = (incident: number, state: string, attempts: number) =>
  eventually(async () => {
    const [one] = await messages(incident)
    return one?.state === state && one.attempts === attempts ? one : undefined
  })

/** Sends a unit; gives the incident. */
async function dispatch(): Promise<number> {
  serial += 1
  twilio.heard.length = 0
  ;[unit] = (await makeUnits(server, 1, `V${serial}-`)) as [number]
  await query('UPDATE paramedics SET unit_id = $1 WHERE person_id = $2', [unit, medic.id])
  const incident = { emergency_type: 'CARDIAC', location: 'Pier <4> & "5", ring +1 555-014-2233' }
  const { body } = await desk('POST', '/api/incidents/', incident)
  const order = { order_id: `v-${serial}`, unit_ids: [unit] }
  assert.equal((await desk('POST', `/api/incidents/${body.id}/assignments/`, order)).status, 200)
  return body.id
}
/** The call that was asked for as the n-th. */
async function callOf(n: number) {
  const request = await eventually(() => twilio.heard[n])
  assert.deepEqual(twilioFaults(request, 'Calls'), [])
  const form = new URLSearchParams(request.body)
  const twiml = form.get('Twiml') ?? ''
  const action = /action="([^"]+)"/.exec(twiml)?.[1]?.replaceAll('&amp;', '&') ?? ''
  return {
    form,
    twiml,
    key: request.headers['idempotency-key'],
    action,
    status: form.get('StatusCallback') ?? '',
  }
}
const tell = (url: string, params: Params, token = twilioAccount.authToken) =>
  post(url.slice(publicUrl.length), { CallSid: `CA${serial}`, ...params }, { token })

test('a call says the message in the language of the crew, and the key 1 acknowledges it', async () => {
  twilio.answer((_, number) =>
    number === 1 ? twilioRefused(429, 20_429, { 'retry-after': '0' }) : twilioTook(number),
  )
  const incident = await dispatch()
  await eventually(() => twilio.heard[0])
  offset += 61_000
  await messageIn(incident, 'DELIVERED', 2)
  const { form, twiml, action, key } = await callOf(1)
  assert.equal(form.get('To'), '+15550123')
  assert.match(twiml, /<Say language="es-MX">V1-1: nuevo incidente\. I-.*Pier &lt;4&gt; &amp; &quot;5&quot;/)
  assert.doesNotMatch(twiml, /555-|2233/)
  assert.equal(new Set(twilio.heard.map(({ headers }) => headers['idempotency-key'])).size, 1)
  assert.ok(action.startsWith(`${publicUrl}/twilio/voice/message/?key=${key}`))

  assert.equal((await tell(action, { Digits: '1' }, 'another token')).status, 403)
  const other = await tell(action, { Digits: '5' })
  assert.deepEqual([other.status, other.type?.split(';')[0]], [200, 'text/xml'])
  assert.match(other.text, /<Gather .*Pulse 1/)
  assert.equal((await messages(incident))[0].state, 'DELIVERED')
  for (const _ of [1, 2]) assert.match((await tell(action, { Digits: '1' })).text, /Gracias.*<Hangup\/>/)
  const [told, ...more] = await query(
    `SELECT actor_name, data FROM facts WHERE type = 'message_acknowledged' AND incident_id = $1`,
    [incident],
  )
  assert.deepEqual([told.actor_name, told.data.channel, more.length], ['medic', 'VOICE', 0])
  const [heard] = await query(
    `SELECT EXISTS (SELECT FROM messages m
        WHERE m.assignment_id = a.id AND m.acknowledged_at IS NOT NULL) AS so
      FROM assignments a WHERE a.incident_id = $1`,
    [incident],
  )
  assert.equal(heard.so, true, 'the watch for silent crews counts it')
  assert.equal((await tell(action.replace(/toneout-\d+/, 'toneout-999999'), { Digits: '1' })).status, 200)
  assert.equal((await tell(action.replace(/toneout-\d+-\d+/, 'x'), { Digits: '1' })).status, 400)
})

test('a call that nobody takes is made again, three times in all, and then it has failed', async () => {
  twilio.answer((_, number) => twilioTook(number))
  const incident = await dispatch()
  for (const attempt of [1, 2, 3]) {
    await messageIn(incident, 'DELIVERED', attempt)
    const { status } = await callOf(attempt - 1)
    // Told again, and of an earlier try: nothing comes of it.
    const first = (await callOf(0)).status
    if (attempt > 1) assert.equal((await tell(first, { CallStatus: 'busy' })).status, 204)
    const ended = await tell(status, { CallStatus: attempt === 3 ? 'busy' : 'no-answer' })
    assert.equal(ended.status, 204, ended.text)
    offset += 61_000
  }
  const failed = await messageIn(incident, 'FAILED', 3)
  assert.equal(failed.fault, 'busy')
  const [fact] = await query(`SELECT data FROM facts WHERE type = 'message_failed' AND incident_id = $1`, [
    incident,
  ])
  assert.equal(fact.data.fault, 'busy')
  assert.equal(twilio.heard.length, 3)
  const calls = await query("SELECT count(*) AS n FROM calls WHERE call_sid LIKE 'CA%'")
  assert.equal(Number(calls[0].n), 0, 'a call of ours is no emergency call')
})
