import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { transaction } from '../lib/db.ts'
import { makeIncidents, makeParamedic, makeUnits, signIn } from '../test/support/centre.ts'
import {
  eventually,
  type Peer,
  startPeer,
  twilioAccount,
  twilioRefused,
  twilioTook,
} from '../test/support/providers.ts'
import { fieldSecret, startTestServer, type TestServer } from '../test/support/test-server.ts'
import { record } from '../timeline/record.ts'

/** Every step of a message's way; the process is killed right after it. */
const steps = ['drafted', 'written', 'moved', 'committed', 'claimed', 'sent', 'kept'] as const
/** TONEOUT_KILLS=200 for the long run. */
const kills = Number(process.env.TONEOUT_KILLS ?? 10)
const factsEach = 4

let server: TestServer
let peer: Peer
const children = new Set<ChildProcess>()

before(async () => {
  peer = await startPeer()
  // Besides being killed, it meets a provider that refuses some and takes some without an answer.
  peer.answer(({ path }, number) => {
    if (number % 12 === 0) return twilioRefused(503, 20_500)
    if (number % 17 === 0) return 'reset'
    return path === '/hook' ? { status: 200 } : twilioTook(number)
  })
  server = await startTestServer({ config: { channels: { webhookHosts: [new URL(peer.url).host] } } })
})
after(async () => {
  for (const child of children) child.kill('SIGKILL')
  await server.close()
  await peer.close()
})

function start(killAt: string): ChildProcess {
  const { accountSid, authToken, from } = twilioAccount
  const { PATH = '', HOME = '' } = process.env
  const twilio = { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: from }
  const outside = { TWILIO_API_BASE: peer.url, WEBHOOK_HOSTS: new URL(peer.url).host }
  const env = { PATH, HOME, ...twilio, ...outside, PUBLIC_URL: 'https://dispatch.example.org' }
  const script = join(import.meta.dirname, '../test/support/notifier-process.ts')
  const child = spawn(process.execPath, [script, server.database.url, fieldSecret, killAt], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  children.add(child)
  child.on('exit', () => children.delete(child))
  return child
}

test('killed at each step: no message is lost, and the provider knows each by one key', {
  timeout: 1_800_000,
}, async (t) => {
  const { pool } = server.ctx.db
  const admin = (await signIn(server, 'boss', 'admin')).ask
  const medic = await signIn(server, 'medic', 'paramedic')
  await makeParamedic(server, medic.id, '2999-01-01')
  const [unit_id] = await makeUnits(server, 1, 'K')
  const [incident_id] = await makeIncidents(server, 1)
  await pool.query('UPDATE paramedics SET unit_id = $1', [unit_id])
  await admin('PATCH', `/api/people/${medic.id}/contact/`, { phone: '+15550123' })
  const rule = { event: 'DISPATCHED', roles: ['paramedic'], channels: ['SCREEN', 'SMS', 'VOICE'] }
  await admin('PATCH', '/api/settings/', { notification_rules: [rule] })
  const hook = { url: `${peer.url}/hook`, events: ['UNIT_DISPATCHED'] }
  assert.equal((await admin('POST', '/api/webhooks/', hook)).status, 201)
  const actor = { kind: 'system', id: null, name: 'system' } as const
  // How long a message is of use is not what is tested: on a slow machine the kills alone take longer.
  const keepAlive = () => pool.query("UPDATE messages SET expires_at = now() + interval '1 hour'")
  for (let round = 0; round < kills; round += 1) {
    const at = new Date().toISOString()
    const fact = { at, type: 'unit_assigned', actor, unit_id, incident_id } as const
    const facts = Array.from({ length: factsEach }, (_, n) => ({ ...fact, data: { n } }))
    await transaction(server.ctx.db, (connection) => record(connection, facts))
    await keepAlive()
    const child = start(steps[round % steps.length] as string)
    const [, signal] = await once(child, 'exit')
    assert.equal(signal, 'SIGKILL')
  }
  await keepAlive()
  const last = start('never')
  const expected = kills * factsEach
  const done = async () => {
    const text = `SELECT channel, state, count(*) AS n FROM messages GROUP BY channel, state ORDER BY channel`
    const { rows } = await pool.query(text)
    const sent = rows.filter(({ channel }) => channel !== 'SCREEN')
    const isOver = sent.every(({ state }) => state === 'DELIVERED') && sent.length === 3
    return isOver && sent.every(({ n }) => n >= expected) ? rows : undefined
  }
  const rows = await eventually(done, 600_000)
  last.kill('SIGKILL')
  await once(last, 'exit')
  assert.deepEqual(
    rows.map(({ channel, n }) => [channel, n]),
    [
      ['SCREEN', expected],
      ['SMS', expected],
      ['VOICE', expected],
      ['WEBHOOK', expected],
    ],
  )
  const keys = peer.heard.map(({ headers }) => headers['idempotency-key'] ?? headers['toneout-delivery'])
  const messages = await pool.query(
    "SELECT 'toneout-' || id || '-1' AS key FROM messages WHERE channel <> 'SCREEN'",
  )
  assert.deepEqual([...new Set(keys)].toSorted(), messages.rows.map(({ key }) => key).toSorted())
  const again = keys.length - new Set(keys).size
  t.diagnostic(`${kills} kills, ${messages.rows.length} messages, ${again} of them sent again`)
})
