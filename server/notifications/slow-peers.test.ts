import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { transaction } from '../lib/db.ts'
import { makeParamedic, makeUnits, signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import {
  eventually,
  type Peer,
  startMailServer,
  startPeer,
  twilioAccount,
} from '../test/support/providers.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { record } from '../timeline/record.ts'
import { patience } from './rules-retry.ts'

let server: TestServer
let peer: Peer
let twilio: Peer
let mail: Awaited<ReturnType<typeof startMailServer>>
let admin: Ask

before(async () => {
  peer = await startPeer()
  twilio = await startPeer()
  mail = await startMailServer()
  const channels = {
    twilio: { ...twilioAccount, apiBase: twilio.url },
    mail: { smtpUrl: mail.url, from: 'd@example.org' },
    webhookHosts: [new URL(peer.url).host],
  }
  server = await startTestServer({ notifies: true, config: { channels } })
  admin = (await signIn(server, 'boss', 'admin')).ask
})
after(async () => {
  await server.close()
  await Promise.all([peer.close(), twilio.close(), mail.close()])
})

const count = async (where: string) =>
  Number((await server.ctx.db.pool.query(`SELECT count(*) AS n FROM messages WHERE ${where}`)).rows[0].n)
async function hook(path: string): Promise<number> {
  const made = await admin('POST', '/api/webhooks/', { url: peer.url + path, events: ['UNIT_DISPATCHED'] })
  assert.equal(made.status, 201)
  return made.body.id
}

test('peers that never answer hold up neither other webhooks nor other channels', async () => {
  const many = 4 * patience.WEBHOOK.atOnce
  const silent = await hook('/silent')
  const quick = await hook('/quick')
  const medic = await signIn(server, 'medic', 'paramedic')
  await makeParamedic(server, medic.id, '2999-01-01')
  const [unit_id] = await makeUnits(server, 1, 'S')
  await server.ctx.db.pool.query('UPDATE paramedics SET unit_id = $1', [unit_id])
  const contact = { phone: '+15550123', email: 'medic@example.org' }
  assert.equal((await admin('PATCH', `/api/people/${medic.id}/contact/`, contact)).status, 200)
  const channels = ['SMS', 'EMAIL']
  const rule = { event: 'DISPATCHED', roles: ['paramedic'], channels }
  assert.equal((await admin('PATCH', '/api/settings/', { notification_rules: [rule] })).status, 200)
  twilio.answer(() => 'silence')
  peer.answer(({ path }) => (path === '/silent' ? 'silence' : { status: 200 }))

  const actor = { kind: 'system', id: null, name: 'system' } as const
  const fact = { at: new Date().toISOString(), type: 'unit_assigned', actor, unit_id } as const
  const facts = Array.from({ length: many }, (_, n) => ({ ...fact, data: { n } }))
  await transaction(server.ctx.db, (connection) => record(connection, facts))
  const all = async (where: string) =>
    eventually(async () => ((await count(`state = 'DELIVERED' AND ${where}`)) === many ? true : undefined))
  await all(`webhook_id = ${quick}`)
  await all("channel = 'EMAIL'")
  assert.equal(mail.mails.length, many)
  // However long it took, no more than so many are under way to one of them: the rest has not been tried.
  assert.equal(await count(`webhook_id = ${silent} AND state <> 'WAITING'`), 0)
  assert.ok(peer.open('/silent') <= patience.WEBHOOK.atOnce, `${peer.open('/silent')} at once`)
  assert.equal(await count("channel = 'SMS' AND state <> 'WAITING'"), 0)
})
