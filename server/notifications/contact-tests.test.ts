import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeParamedic, makeUnits, signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import {
  eventually,
  type Peer,
  startPeer,
  twilioAccount,
  twilioRefused,
  twilioTook,
} from '../test/support/providers.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { startContactTest } from './start-contact-test.ts'

let server: TestServer
let twilio: Peer
let admin: Ask
let medic: { id: number; ask: Ask }
let offset = 0

before(async () => {
  twilio = await startPeer()
  const channels = { twilio: { ...twilioAccount, apiBase: twilio.url }, webhookHosts: [] }
  const now = () => new Date(Date.now() + offset)
  server = await startTestServer({ notifies: true, now, config: { channels, accessTokenSeconds: 86_400 } })
  admin = (await signIn(server, 'boss', 'admin')).ask
  medic = await signIn(server, 'medic', 'paramedic')
  const resting = await signIn(server, 'resting', 'paramedic')
  const wrong = await signIn(server, 'wrong-number', 'paramedic')
  const [unit] = await makeUnits(server, 1, 'C')
  for (const [n, { id }] of [medic, resting, wrong].entries()) {
    await makeParamedic(server, id, '2999-01-01')
    await admin('PATCH', `/api/people/${id}/contact/`, { phone: `+1555012${n}000` })
  }
  const pool = server.ctx.db.pool
  await pool.query('UPDATE paramedics SET unit_id = $1', [unit])
  await pool.query('UPDATE paramedics SET available = false WHERE person_id = $1', [resting.id])
  twilio.answer(({ body }, number) =>
    body.includes('5550122') ? twilioRefused(400, 21_211) : twilioTook(number),
  )
})
after(async () => {
  await server.close()
  await twilio.close()
})

type Row = { username: string; messages: { channel: string; state: string; fault: string | null }[] }
const tests = async () => (await admin('GET', '/api/contact-tests/')).body.results
const report = async (id: number, query = ''): Promise<Row[]> =>
  (await admin('GET', `/api/contact-tests/${id}/${query}`)).body.results

test('everybody on duty is told by every way they have, and the report says what came of it', async () => {
  const begun = await admin('POST', '/api/contact-tests/')
  assert.equal(begun.status, 201, JSON.stringify(begun.body))
  assert.deepEqual(
    [begun.body.started_by, (await admin('POST', '/api/contact-tests/')).status],
    ['boss', 409],
  )
  const { id } = begun.body
  const rows = await eventually(async () => {
    const found = await report(id)
    const sms = found.flatMap(({ messages }) => messages).filter(({ channel }) => channel === 'SMS')
    return sms.length === 2 && sms.every(({ state }) => state !== 'WAITING') ? found : undefined
  })
  const said = Object.fromEntries(
    rows.map(({ username, messages }) => [
      username,
      messages.map(({ channel, state, fault }) => [channel, state, fault].filter(Boolean).join(' ')),
    ]),
  )
  assert.deepEqual(said.medic, ['SCREEN WAITING', 'SMS DELIVERED'])
  assert.deepEqual(said.resting, [], 'whoever is off duty is not told')
  assert.deepEqual(said['wrong-number'], ['SCREEN WAITING', 'SMS FAILED Twilio 400 (21211)'])
  assert.deepEqual(said.boss, [], 'nobody is signed in at a page')
  const [own] = (await medic.ask('GET', '/api/messages/mine/')).body.results
  assert.equal(own.title, 'Test of your contact')
  assert.equal((await medic.ask('POST', `/api/messages/${own.id}/acknowledge/`)).status, 200)
  const [counted] = await tests()
  const { waiting, delivered, acknowledged, failed } = counted
  assert.deepEqual(
    { waiting, delivered, acknowledged, failed },
    {
      waiting: 1,
      delivered: 1,
      acknowledged: 1,
      failed: 1,
    },
  )
  const pages = [await report(id, '?page_size=2'), await report(id, '?page_size=1')]
  assert.deepEqual(
    pages.map((page) => page.map(({ username }) => username)),
    [[rows[0]?.username, rows[1]?.username], [rows[0]?.username]],
  )
  assert.equal((await admin('GET', '/api/contact-tests/999999/')).status, 404)
  assert.equal((await medic.ask('POST', '/api/contact-tests/')).status, 403)
})

test('by itself it begins in the hour that is set, once for all processes', async () => {
  const hour_utc = 3
  const set = await admin('PATCH', '/api/settings/', { contact_test: { every_days: 7, hour_utc } })
  assert.equal(set.status, 200, JSON.stringify(set.body))
  const begun = async () => {
    const { rows } = await server.ctx.db.pool.query('SELECT started_by FROM contact_tests ORDER BY id')
    return rows.length
  }
  const run = async () => {
    await Promise.all([1, 2, 3].map(() => startContactTest(server.ctx)))
    return begun()
  }
  /** At that hour, so many days ahead of the first test. */
  const at = (days: number, hour: number) => {
    const then = new Date()
    then.setUTCDate(then.getUTCDate() + days)
    then.setUTCHours(hour, 20, 0, 0)
    offset = then.getTime() - Date.now()
  }
  at(3, hour_utc)
  assert.equal(await run(), 1, 'too soon after the last one')
  at(9, hour_utc + 1)
  assert.equal(await run(), 1, 'in another hour')
  at(9, hour_utc)
  assert.equal(await run(), 2)
  offset = 0
  assert.equal((await tests())[0].started_by, null)
  assert.equal(
    (await admin('PATCH', '/api/settings/', { contact_test: { every_days: 0, hour_utc } })).status,
    400,
  )
})
