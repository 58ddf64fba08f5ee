import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openVault, readKeysAgain } from '../caller-data/open-vault.ts'
import { keyDelayMs, rotateKeys } from '../caller-data/seal-numbers.ts'
import { keyIdOf } from '../lib/field-cipher.ts'
import { makeParamedic, makeUnits, signIn } from '../test/support/centre.ts'
import { type Ask, asker } from '../test/support/http.ts'
import { eventually, type Peer, startPeer } from '../test/support/providers.ts'
import { createPhone, pushFaults } from '../test/support/push-peer.ts'
import { fieldSecret, startTestServer, type TestServer } from '../test/support/test-server.ts'
import { createPushKeys } from './push-keys.ts'
import { resealContacts } from './reseal-contacts.ts'
import { sealedColumns } from './store-seals.ts'

const publicUrl = 'https://dispatch.example.org'
let server: TestServer
let service: Peer
let admin: Ask
let desk: Ask
let medic: { id: number; ask: Ask }
let phoneAsk: Ask
let unit: number
let serial = 0

before(async () => {
  service = await startPeer()
  const { host } = new URL(service.url)
  const channels = { webhookHosts: [host, '10.1.2.3'], pushHosts: [host] }
  server = await startTestServer({ notifies: true, config: { publicUrl, channels } })
  admin = (await signIn(server, 'boss', 'admin')).ask
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
  medic = await signIn(server, 'medic', 'paramedic')
  await makeParamedic(server, medic.id, '2999-01-01')
  ;[unit] = (await makeUnits(server, 1, 'P')) as [number]
  await query('UPDATE paramedics SET unit_id = $1 WHERE person_id = $2', [unit, medic.id])
  phoneAsk = await signInAtPage('medic')
})
after(async () => {
  await server.close()
  await service.close()
})

const query = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows
/** As the page of the phone does: with a cookie. */
async function signInAtPage(username: string): Promise<Ask> {
  const who = { username, password: `password of ${username}` }
  const { headers } = await asker(server.baseUrl, {})('POST', '/api/auth/sign-in/', who)
  const cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  return asker(server.baseUrl, { cookie, 'sec-fetch-site': 'same-origin' })
}
async function subscribe(ask: Ask, path: string) {
  const phone = createPhone(service.url + path)
  const reply = await ask('POST', '/api/push/subscriptions/', phone.subscription)
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  return { ...phone, id: reply.body.id as number }
}
/** Sends a unit and takes it back again; gives the push message once it is in that state. */
async function tellCrew(state: string) {
  serial += 1
  const { body } = await desk('POST', '/api/incidents/', { emergency_type: 'FIRE', location: 'Pier 9' })
  const order = { order_id: `p-${serial}`, unit_ids: [unit] }
  const sent = await desk('POST', `/api/incidents/${body.id}/assignments/`, order)
  assert.equal(sent.status, 200, JSON.stringify(sent.body))
  const message = await eventually(async () => {
    const path = `/api/messages/?incident_id=${body.id}&channel=PUSH&event=DISPATCHED`
    return (await desk('GET', path)).body.results.find((one: { state: string }) => one.state === state)
  })
  const [assignment] = sent.body.assignments
  await desk('POST', `/api/assignments/${assignment.id}/cancel/`, { reason: 'test' })
  await eventually(async () => {
    const path = `/api/messages/?incident_id=${body.id}&channel=PUSH&event=STOOD_DOWN`
    const [one] = (await desk('GET', path)).body.results
    return (await phones()).length === 0 || (one && one.state !== 'WAITING') ? true : undefined
  })
  return { message, incident: body }
}
const heardAt = (path: string) => service.heard.filter((one) => one.path === path)
const phones = async () => query('SELECT id, subscription FROM push_subscriptions ORDER BY id')

test('a phone is told, signed with our key and encrypted for it alone', async () => {
  const { public_key } = (await phoneAsk('GET', '/api/push/key/')).body
  assert.equal(Buffer.from(public_key, 'base64url').length, 65)
  const again = await createPushKeys(server.ctx)?.()
  assert.equal(again?.publicKey, public_key, 'another process has the same key')
  const phone = await subscribe(phoneAsk, '/phone')
  const { message, incident } = await tellCrew('DELIVERED')
  const [request] = heardAt('/phone')
  assert.ok(request)
  assert.deepEqual(pushFaults(request, { publicKey: public_key, origin: service.url }), [])
  const told = phone.open(request.bytes) as Record<string, string>
  assert.equal(told.tag, `toneout-${message.id}-1`)
  assert.equal(told.title, 'P1: new incident')
  assert.ok(told.text?.includes(incident.incident_number))
  assert.throws(() => createPhone(service.url).open(request.bytes))
  const shown = JSON.stringify([await phones(), await query('SELECT data FROM facts'), server.logged])
  assert.doesNotMatch(shown, /\/phone/)
})

test('who may subscribe, and where', async () => {
  const { subscription } = createPhone(`${service.url}/x`)
  const path = '/api/push/subscriptions/'
  assert.equal((await medic.ask('POST', path, subscription)).status, 409, 'a token has no session')
  assert.equal((await desk('POST', path, subscription)).status, 403)
  const wrong: [object, string][] = [
    [{ ...subscription, endpoint: 'https://10.0.0.1/push' }, 'endpoint'],
    [{ ...subscription, endpoint: 'http://push.example.org/' }, 'endpoint'],
    // What an operator let webhooks of admins reach is not for crews to name.
    [{ ...subscription, endpoint: 'https://10.1.2.3/push' }, 'endpoint'],
    [{ ...subscription, endpoint: 'no address' }, 'endpoint'],
    [{ ...subscription, keys: { ...subscription.keys, auth: 'short' } }, 'keys'],
    [{ ...subscription, keys: { ...subscription.keys, p256dh: 'A'.repeat(88) } }, 'keys'],
  ]
  for (const [body, field] of wrong) {
    const { status, body: said } = await phoneAsk('POST', path, body)
    assert.equal(status, 400, JSON.stringify(said))
    assert.match(JSON.stringify(said), new RegExp(field))
  }
  const [own] = await phones()
  await signIn(server, 'mate', 'paramedic')
  const mate = await signInAtPage('mate')
  assert.equal((await mate('DELETE', `${path}${own.id}/`)).status, 404)
  for (let n = 0; n < 6; n += 1) await subscribe(mate, `/mate-${n}`)
  assert.equal((await phones()).length, 1 + 5, 'the oldest of one person goes')
  await subscribe(mate, '/phone')
  assert.equal(
    (await phones()).some(({ id }) => id === own.id),
    false,
    'a shared phone changes hands',
  )
  await mate('POST', '/api/auth/sign-out/')
  assert.deepEqual(await phones(), [], 'with the session the phones go')
})

test('what is sealed is sealed anew with a new key, and is of use still', async () => {
  const phone = await subscribe(phoneAsk, '/renewed')
  await admin('PATCH', `/api/people/${medic.id}/contact/`, { phone: '+15550123', email: 'm@example.org' })
  await admin('POST', '/api/webhooks/', { url: `${service.url}/hook`, events: ['AMBULANCE_ALARM'] })
  const { newKey } = await rotateKeys(server.ctx, [fieldSecret], true)
  const later = { ...server.ctx, now: () => new Date(Date.now() + keyDelayMs + 1_000) }
  const vault = await openVault(later, [fieldSecret])
  assert.ok((await resealContacts({ ...later, vault })) >= 5)
  assert.equal(await resealContacts({ ...later, vault }), 0)
  for (const { table, column } of sealedColumns) {
    const rows = await query(`SELECT ${column} AS sealed FROM ${table} WHERE ${column} IS NOT NULL`)
    assert.ok(rows.length > 0, `${table}.${column}`)
    for (const { sealed } of rows) assert.equal(keyIdOf(sealed), newKey, `${table}.${column}`)
  }
  await readKeysAgain(server.ctx, server.ctx.vault)
  await tellCrew('DELIVERED')
  const request = await eventually(() => heardAt('/renewed')[0])
  assert.equal((phone.open(request.bytes) as { title: string }).title, 'P1: new incident')
  assert.equal((await admin('GET', `/api/people/${medic.id}/contact/`)).body.phone, '+15550123')
})

test('a phone that is gone is forgotten; the others are told', async () => {
  for (const { id } of await phones()) await phoneAsk('DELETE', `/api/push/subscriptions/${id}/`)
  await subscribe(phoneAsk, '/gone-410')
  await subscribe(phoneAsk, '/gone-404')
  const { id } = await subscribe(phoneAsk, '/here')
  service.answer(({ path }) => ({ status: Number(/\d+$/.exec(path)?.[0] ?? 201) }))
  await tellCrew('DELIVERED')
  assert.deepEqual(
    (await phones()).map((one) => one.id),
    [id],
  )
  service.answer(() => ({ status: 410 }))
  const { message } = await tellCrew('FAILED')
  assert.equal(message.fault, 'no phone any more')
  assert.deepEqual(await phones(), [])
})
