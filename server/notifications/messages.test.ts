import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { makeHospital, makeParamedic, makeUnits, signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import {
  eventually,
  type Peer,
  startMailServer,
  startPeer,
  twilioAccount,
  twilioFaults,
  twilioRefused,
  twilioTook,
} from '../test/support/providers.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let twilio: Peer
let mail: Awaited<ReturnType<typeof startMailServer>>
let admin: Ask
let boss: { id: number; ask: Ask }
let desk: Ask
let medic: { id: number; ask: Ask }
let unit: number
let serial = 0

before(async () => {
  twilio = await startPeer()
  mail = await startMailServer()
  const account = { ...twilioAccount, apiBase: twilio.url }
  const channels = { twilio: account, mail: { smtpUrl: mail.url, from: 'd@example.org' }, webhookHosts: [] }
  server = await startTestServer({ notifies: true, config: { channels } })
  boss = await signIn(server, 'boss', 'admin')
  admin = boss.ask
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
})
after(async () => {
  await server.close()
  await twilio.close()
  await mail.close()
})

const query = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows
const contact = async (id: number, body: object) => {
  const reply = await admin('PATCH', `/api/people/${id}/contact/`, body)
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
}

beforeEach(async () => {
  serial += 1
  twilio.heard.length = 0
  twilio.answer((_, number) => twilioTook(number))
  medic = await signIn(server, `medic-${serial}`, 'paramedic')
  await makeParamedic(server, medic.id, '2999-01-01')
  ;[unit] = (await makeUnits(server, 1, `N${serial}-`)) as [number]
  await query('UPDATE paramedics SET unit_id = $1 WHERE person_id = $2', [unit, medic.id])
  await contact(medic.id, { phone: '+15550123', language: 'es' })
})

async function dispatch(more: object = {}): Promise<{ incident: number; assignment: number }> {
  const incident = { emergency_type: 'CARDIAC', location: 'Pier 4, ring +1 555-014-2233', ...more }
  const raised = await desk('POST', '/api/incidents/', incident)
  assert.equal(raised.status, 201, JSON.stringify(raised.body))
  const order = { order_id: `n-${serial}-${Math.random()}`, unit_ids: [unit] }
  const sent = await desk('POST', `/api/incidents/${raised.body.id}/assignments/`, order)
  assert.equal(sent.status, 200, JSON.stringify(sent.body))
  return { incident: raised.body.id, assignment: sent.body.assignments[0].id }
}
const messagesOf = async (filter: string) => (await desk('GET', `/api/messages/?${filter}`)).body.results
const messageIn = (state: string, filter: string) =>
  eventually(async () => (await messagesOf(filter)).find((one: { state: string }) => one.state === state))

test('a dispatch reaches the crew by SMS in its language, without any number, and the screen', async () => {
  const { incident } = await dispatch()
  const sms = await messageIn('DELIVERED', `incident_id=${incident}&channel=SMS`)
  assert.deepEqual(
    [sms.event, sms.recipient, sms.attempts, sms.fault, sms.unit_id],
    ['DISPATCHED', `medic-${serial}`, 1, null, unit],
  )
  const [request] = twilio.heard
  assert.ok(request)
  assert.deepEqual(twilioFaults(request), [])
  const form = new URLSearchParams(request.body)
  assert.equal(form.get('To'), '+15550123')
  assert.match(form.get('Body') ?? '', /nuevo incidente\. I-.*cardíaca, Pier 4, ring …/)
  assert.doesNotMatch(form.get('Body') ?? '', /555|2233/)
  assert.equal(request.headers['idempotency-key'], `toneout-${sms.id}-1`)

  const own = (await medic.ask('GET', '/api/messages/mine/')).body.results[0]
  assert.deepEqual([own.event, own.acknowledged_at], ['DISPATCHED', null])
  const seen = await medic.ask('POST', `/api/messages/${own.id}/acknowledge/`)
  assert.equal(typeof seen.body.acknowledged_at, 'string')
  const again = await medic.ask('POST', `/api/messages/${own.id}/acknowledge/`)
  assert.equal(again.body.acknowledged_at, seen.body.acknowledged_at)
  const types = (await query('SELECT type FROM facts WHERE incident_id = $1 ORDER BY id', [incident])).map(
    ({ type }) => type,
  )
  assert.deepEqual(types.slice(1).toSorted(), ['message_acknowledged', 'message_delivered', 'unit_assigned'])
})

test('whoever is off duty is never told, and nobody acknowledges for another', async () => {
  const mate = await signIn(server, `mate-${serial}`, 'paramedic')
  await makeParamedic(server, mate.id, '2999-01-01')
  await query('UPDATE paramedics SET unit_id = $1, available = false WHERE person_id = $2', [unit, mate.id])
  await contact(mate.id, { phone: '+15550124' })
  const { incident } = await dispatch()
  await messageIn('DELIVERED', `incident_id=${incident}&channel=SMS`)
  assert.deepEqual(await messagesOf(`person_id=${mate.id}`), [])
  const own = (await medic.ask('GET', '/api/messages/mine/')).body.results[0]
  assert.equal((await mate.ask('POST', `/api/messages/${own.id}/acknowledge/`)).status, 404)
})

test('who goes off duty between two tries is not told by the next, nor when it is sent again', async () => {
  twilio.answer(() => twilioRefused(503, 20_500))
  const { incident } = await dispatch()
  await eventually(() => twilio.heard[0])
  await query('UPDATE paramedics SET available = false WHERE person_id = $1', [medic.id])
  const failed = await messageIn('FAILED', `incident_id=${incident}&channel=SMS`)
  assert.equal(failed.fault, 'not on duty any more')
  const heard = twilio.heard.length
  twilio.answer((_, number) => twilioTook(number))
  assert.equal((await desk('POST', `/api/messages/${failed.id}/resend/`)).status, 200)
  const again = () => messageIn('FAILED', `incident_id=${incident}&channel=SMS`)
  assert.equal((await again()).fault, 'not on duty any more')
  assert.equal(twilio.heard.length, heard)
  // A test to oneself is no alert.
  await contact(boss.id, { phone: '+15550125', duty: 'NEVER' })
  assert.equal((await admin('POST', '/api/channels/test/', { channel: 'SMS' })).status, 202)
  await eventually(() => (twilio.heard.length > heard ? true : undefined))
})

test('429 and 5xx are tried again under one key; what came is kept as a code only', async () => {
  const answers = [twilioRefused(429, 20429, { 'retry-after': '0' }), twilioRefused(503, 20500)]
  twilio.answer((_, number) => answers[number - 1] ?? twilioTook(number))
  const { incident } = await dispatch()
  const sms = await messageIn('DELIVERED', `incident_id=${incident}&channel=SMS`)
  assert.equal(sms.attempts, 3)
  assert.equal(new Set(twilio.heard.map(({ headers }) => headers['idempotency-key'])).size, 1)
})

test('what a provider refuses for good fails at once, without the number, and is sent again', async () => {
  twilio.answer(() => twilioRefused(400, 21_211))
  const { incident } = await dispatch()
  const failed = await messageIn('FAILED', `incident_id=${incident}&channel=SMS`)
  assert.deepEqual([failed.attempts, failed.fault, failed.next_try_at], [1, 'Twilio 400 (21211)', null])
  const [found, ...others] = await messagesOf(`search=MEDIC-${serial}&channel=SMS`)
  assert.deepEqual([found?.id, others.length], [failed.id, 0])
  assert.deepEqual(await messagesOf(`search=%25${serial}&channel=SMS`), [])
  const [fact] = await query("SELECT data FROM facts WHERE type = 'message_failed' AND incident_id = $1", [
    incident,
  ])
  assert.equal(fact.data.message_id, failed.id)
  assert.doesNotMatch(JSON.stringify([fact, server.logged]), /5550123/)

  twilio.answer((_, number) => twilioTook(number))
  assert.deepEqual((await desk('GET', `/api/messages/${failed.id}/`)).body, failed)
  assert.equal((await desk('GET', '/api/messages/999999999/')).status, 404)
  const again = await desk('POST', `/api/messages/${failed.id}/resend/`)
  assert.deepEqual([again.status, again.body.state], [200, 'WAITING'])
  await messageIn('DELIVERED', `incident_id=${incident}&channel=SMS`)
  assert.equal(twilio.heard.at(-1)?.headers['idempotency-key'], `toneout-${failed.id}-2`)
})

test('a hospital hears of a patient by e-mail, once, with the time of arrival', async () => {
  const hospital = await makeHospital(server, `General ${serial}`)
  const nurse = await signIn(server, `nurse-${serial}`, 'hospital')
  await query('UPDATE people SET hospital_id = $1 WHERE id = $2', [hospital, nurse.id])
  await contact(nurse.id, { email: 'nurse@example.org' })
  await query('UPDATE units SET latitude = 37.75, longitude = -122.42, position_at = now() WHERE id = $1', [
    unit,
  ])
  const { assignment, incident } = await dispatch()
  const step = `/api/assignments/${assignment}/transport/`
  const ai = withKey(server.baseUrl, server.key)
  const call = { call_sid: `CA-patient-${serial}`, caller_number: '+15550142' }
  assert.equal((await ai('POST', '/api/calls/', call)).status, 201)
  const findings = [
    { field: 'breathing', value: 'yes', confidence: 0.95 },
    { field: 'age', value: '64, ring +1 555-014-2233', confidence: 0.9 },
    { field: 'allergies', value: 'nuts', confidence: 0.3 },
    { field: 'patient_name', value: 'Ann Other', confidence: 1 },
  ]
  const told = await ai('POST', `/api/calls/${call.call_sid}/findings/`, { findings })
  assert.equal(told.status, 200, JSON.stringify(told.body))
  await query('UPDATE calls SET incident_id = $1 WHERE call_sid = $2', [incident, call.call_sid])
  assert.equal((await desk('POST', step, { hospital_id: hospital })).status, 200)
  await messageIn('DELIVERED', `incident_id=${incident}&channel=EMAIL`)
  const mine = mail.mails.filter(({ to }) => to.includes('nurse@example.org'))
  assert.equal(mine.length, 1)
  const text = (mine[0]?.text ?? '').replaceAll('=\r\n', '')
  assert.match(text, /Subject: Patient inbound: N\d+-1\r\n/)
  assert.match(text, /in about \d+ min, P2, cardiac, I-[\d-]+, age 64, ring =E2=80=A6, breathing yes/)
  assert.doesNotMatch(text, /nuts|Ann Other|2233/)
  const kept = await query('SELECT data FROM messages WHERE incident_id = $1', [incident])
  assert.doesNotMatch(JSON.stringify(kept), /breathing/, 'no message keeps it')

  const onScreen = async () => (await nurse.ask('GET', '/api/messages/mine/')).body.results[0]
  const alert = await onScreen()
  assert.match(alert.text, /^in about \d+ min, P2, cardiac, I-[\d-]+, age 64, ring …, breathing yes$/)
  assert.doesNotMatch((await medic.ask('GET', '/api/messages/mine/')).body.results[0].text, /breathing/)
  const seen = await nurse.ask('POST', `/api/messages/${alert.id}/acknowledge/`)
  assert.equal(typeof seen.body.acknowledged_at, 'string')
  for (const next of ['at-hospital', 'handover']) {
    assert.equal((await desk('POST', `/api/assignments/${assignment}/${next}/`)).status, 200)
  }
  assert.match((await onScreen()).text, /^in about \d+ min, P2, cardiac, I-[\d-]+$/, 'the patient is there')
})

test('channels: state, a test to oneself, refusals, and the preview', async () => {
  const { results } = (await desk('GET', '/api/channels/')).body
  const sms = results.find(({ channel }: { channel: string }) => channel === 'SMS')
  assert.deepEqual([sms.ready, sms.missing], [true, []])
  assert.equal((await desk('POST', '/api/channels/test/', { channel: 'SMS' })).body.code, 'no_address')
  const preview = await admin('GET', '/api/notifications/preview/?event=DISPATCHED&channel=SMS&language=es')
  assert.deepEqual(preview.body.title, 'M03: nuevo incidente')
})

test('a centre has words of its own, by event, channel and language; the rest stays as usual', async () => {
  const own = { event: 'DISPATCHED', channel: 'SMS', language: 'es' }
  const words = { title: '{unit} salga ya', text: '{incident} en {place}{hospital}, ring +1 555' }
  const set = (...message_templates: object[]) => admin('PATCH', '/api/settings/', { message_templates })
  const wrong: [object[], RegExp][] = [
    [[{ ...own, ...words, text: 'call {caller_number}' }], /in braces only unit, incident/],
    [[{ ...own, ...words, text: 'half {unit' }], /in braces only/],
    [[{ ...own, ...words, title: ' ' }], /Must have a title/],
    [
      [
        { ...own, ...words },
        { ...own, ...words },
      ],
      /one for each event/,
    ],
    [[{ ...own, ...words, channel: 'WEBHOOK' }], /Must be one of SCREEN, SMS/],
  ]
  for (const [templates, said] of wrong) {
    const { status, body } = await set(...templates)
    assert.equal(status, 400)
    assert.match(JSON.stringify(body), said)
  }
  const preview = async (asked: Record<string, string>) =>
    (await admin('GET', `/api/notifications/preview/?${new URLSearchParams(asked)}`)).body
  const shown = {
    title: 'M03 salga ya',
    text: 'I-26-000042 en 21 Harbour StreetHarbour General, ring +1 555',
  }
  assert.deepEqual(await preview({ ...own, ...words }), shown, 'tried out before it is set')
  assert.equal((await set({ ...own, ...words })).status, 200)
  assert.deepEqual(await preview(own), shown)
  assert.equal((await preview({ ...own, channel: 'PUSH' })).title, 'M03: nuevo incidente')
  const { incident } = await dispatch()
  await messageIn('DELIVERED', `incident_id=${incident}&channel=SMS`)
  const said = new URLSearchParams(twilio.heard[0]?.body).get('Body') ?? ''
  assert.match(said, /^N\d+-1 salga ya\. I-[\d-]+ en Pier 4, ring …, ring \+1 555$/)
})
