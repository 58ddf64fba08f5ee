import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { systemActor } from '@toneout/contract/model/fact.ts'
import { webhookEvents } from '@toneout/contract/model/message.ts'
import { transaction } from '../lib/db.ts'
import { makeHospital, makeUnits, signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import { eventually, type Peer, startPeer } from '../test/support/providers.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { record } from '../timeline/record.ts'
import { defaultAlarmTimes } from './rules-defaults.ts'
import { isSigned } from './signing.ts'

let server: TestServer
let peer: Peer
let admin: Ask
let desk: Ask
let offset = 0

before(async () => {
  peer = await startPeer()
  const channels = { webhookHosts: [new URL(peer.url).host] }
  const now = () => new Date(Date.now() + offset)
  server = await startTestServer({ notifies: true, now, config: { channels, accessTokenSeconds: 86_400 } })
  admin = (await signIn(server, 'boss', 'admin')).ask
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
})
after(async () => {
  await server.close()
  await peer.close()
})

const query = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows
async function hook(path: string, events: string[]): Promise<{ id: number; secret: string }> {
  const made = await admin('POST', '/api/webhooks/', { url: peer.url + path, events })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  return made.body
}
const heardAt = (path: string) => peer.heard.filter((one) => one.path === path)
const bodyAt = (path: string, at: number) =>
  eventually(() => {
    const one = heardAt(path)[at]
    return one && { ...one, json: JSON.parse(one.body) }
  })
const stateOf = async (id: number) =>
  (await admin('GET', '/api/webhooks/')).body.results.find((one: { id: number }) => one.id === id)

/** Everything that is written so far is made into messages. */
const isFollowed = async () =>
  (await query('SELECT (SELECT fact_id FROM message_cursor) >= (SELECT max(id) FROM facts) AS so'))[0].so
    ? true
    : undefined

test('one signed event for each change, and only of those asked for', async () => {
  const { id, secret } = await hook('/all', ['new_emergency', ...webhookEvents.slice(1)])
  await hook('/beds', ['CAPACITY_UPDATE'])
  // However slow the machine is, no alarm of a silent crew is among them.
  const alarm_times = { ...defaultAlarmTimes, acknowledge_seconds: 3_600, moving_seconds: 3_600 }
  assert.equal((await admin('PATCH', '/api/settings/', { alarm_times })).status, 200)
  const hospital = await makeHospital(server, 'General')
  const [unit] = await makeUnits(server, 1, 'W')
  const raise = async () =>
    (await desk('POST', '/api/incidents/', { emergency_type: 'FIRE', location: 'Pier 1' })).body
  const raised = await raise()
  const path = `/api/incidents/${raised.id}`
  const sent = await desk('POST', `${path}/assignments/`, { order_id: 'w-1', unit_ids: [unit] })
  const assignment = `/api/assignments/${sent.body.assignments[0].id}`
  const other = await raise()
  const steps: [Ask, string, string, object?][] = [
    [desk, 'PATCH', `${path}/`, { location: 'Pier 2', priority: 1 }],
    [desk, 'POST', `${assignment}/en-route/`],
    [desk, 'PATCH', `${path}/`, { priority: 3 }],
    [desk, 'POST', `/api/incidents/${other.id}/merge/`, { into_id: raised.id }],
    [admin, 'PATCH', `/api/hospitals/${hospital}/`, { available_beds: 0, diversion: 'ADVISORY' }],
    [admin, 'PATCH', `/api/hospitals/${hospital}/`, { phone: '+15550100' }],
    [desk, 'POST', `${path}/close/`, { disposition: 'NO_PATIENT' }],
  ]
  for (const [ask, method, at, body] of steps) {
    const reply = await ask(method, at, body)
    assert.equal(reply.status, 200, `${at} ${JSON.stringify(reply.body)}`)
  }
  const fact = { at: new Date().toISOString(), type: 'duress_raised', actor: systemActor() } as const
  await transaction(server.ctx.db, (on) => record(on, [{ ...fact, unit_id: unit, data: {} }]))
  await eventually(isFollowed)
  const [{ n }] = await query('SELECT count(*) AS n FROM messages WHERE webhook_id = $1', [id])
  await eventually(() => (heardAt('/all').length >= Number(n) ? true : undefined))
  type Event = { event: string; type: string; fact_id: number; unit_number: string; incident_number: string }
  const told = heardAt('/all').map(({ body }) => JSON.parse(body) as Event)
  const events = told.toSorted((a, b) => a.fact_id - b.fact_id)
  assert.deepEqual(
    events.map(({ event, type }) => `${event} ${type}`),
    [
      'NEW_EMERGENCY incident_raised',
      'UNIT_DISPATCHED unit_assigned',
      'NEW_EMERGENCY incident_raised',
      'LOCATION_UPDATE incident_updated',
      'STATUS_UPDATE unit_en_route',
      'STATUS_UPDATE incident_updated',
      'STATUS_UPDATE calls_merged',
      'CAPACITY_UPDATE hospital_changed',
      'STATUS_UPDATE unit_cleared',
      'STATUS_UPDATE incident_closed',
      'AMBULANCE_ALARM duress_raised',
    ],
  )
  assert.deepEqual([events[1]?.unit_number, events[1]?.incident_number], ['W1', raised.incident_number])
  assert.equal((await bodyAt('/beds', 0)).json.event, 'CAPACITY_UPDATE')
  for (const { headers, body } of heardAt('/all')) {
    const header = String(headers['toneout-signature'])
    const now = Number(/^t=(\d+)/.exec(header)?.[1])
    assert.ok(isSigned(header, { secret, body, now, mostSeconds: 300 }))
    assert.ok(!isSigned(header, { secret, body: `${body} `, now, mostSeconds: 300 }))
    assert.ok(!isSigned(header, { secret: 'another', body, now, mostSeconds: 300 }))
    assert.ok(!isSigned(header, { secret, body, now: now + 301, mostSeconds: 300 }))
    assert.equal(headers['toneout-delivery'], JSON.parse(body).id)
  }
})

test('a test event goes to it alone; the secret is never shown again', async () => {
  const { id, secret } = await hook('/test', ['AMBULANCE_ALARM'])
  assert.equal((await admin('POST', `/api/webhooks/${id}/test/`)).status, 202)
  const { json, headers } = await bodyAt('/test', 0)
  assert.deepEqual([json.event, headers['toneout-event']], ['WEBHOOK_TEST', 'WEBHOOK_TEST'])
  const shown = JSON.stringify([await stateOf(id), await query('SELECT data FROM facts'), server.logged])
  assert.ok(!shown.includes(secret))
})

test('redirects are not followed, 410 ends it, a failure is tried again under one key', async () => {
  const { id } = await hook('/moody', ['AMBULANCE_ALARM'])
  const says = [
    { status: 302, headers: { location: `${peer.url}/stolen` } },
    'reset' as const,
    { status: 204 },
  ]
  peer.answer(({ path }) =>
    path === '/moody' ? (says[heardAt('/moody').length - 1] ?? { status: 410 }) : { status: 200 },
  )
  await admin('POST', `/api/webhooks/${id}/test/`)
  await eventually(async () => (heardAt('/moody').length >= 3 ? true : undefined))
  assert.equal(new Set(heardAt('/moody').map(({ headers }) => headers['toneout-delivery'])).size, 1)
  assert.deepEqual(heardAt('/stolen'), [])
  const messages = () => desk('GET', '/api/messages/?event=WEBHOOK_TEST&page_size=1')
  const newest = (state: string) =>
    eventually(async () => {
      const [one] = (await messages()).body.results
      return one?.state === state ? one : undefined
    })
  await newest('DELIVERED')
  await admin('POST', `/api/webhooks/${id}/test/`)
  assert.deepEqual((({ attempts, fault }) => [attempts, fault])(await newest('FAILED')), [1, 'HTTP 410'])
})

test('after an hour of failures it is paused with a notice, keeps what waits, and goes on', async () => {
  const { id } = await hook('/down', ['NEW_EMERGENCY'])
  let isUp = false
  peer.answer(({ path }) => ({ status: path === '/down' && !isUp ? 500 : 200 }))
  for (let n = 0; n < 21; n += 1) await desk('POST', '/api/incidents/', { emergency_type: 'FIRE' })
  await eventually(async () => ((await stateOf(id)).failures >= 19 ? true : undefined))
  assert.equal((await stateOf(id)).paused_at, null)
  offset += 3_700_000
  await eventually(async () => (await stateOf(id)).paused_at ?? undefined)
  const [fact] = await query("SELECT data FROM facts WHERE type = 'webhook_paused'")
  assert.deepEqual([fact.data.webhook_id, fact.data.host], [id, new URL(peer.url).host])
  isUp = true
  const before = heardAt('/down').length
  assert.equal((await admin('PATCH', `/api/webhooks/${id}/`, { paused: false })).body.paused_at, null)
  offset += 3_700_000
  const waiting = async () =>
    Number(
      (await query("SELECT count(*) AS n FROM messages WHERE webhook_id = $1 AND state = 'WAITING'", [id]))[0]
        .n,
    )
  await eventually(async () => ((await waiting()) === 0 ? true : undefined))
  assert.ok(heardAt('/down').length > before)
  assert.equal((await stateOf(id)).failures, 0)
  assert.equal((await admin('DELETE', `/api/webhooks/${id}/`)).status, 204)
  assert.equal(await stateOf(id), undefined)
})

const refused = [
  'http://hooks.example.org/',
  'https://127.0.0.1/',
  'https://[::1]/',
  'https://localhost/',
  'ftp://a.b/',
]
for (const url of [...refused, 'https://me:secret@a.example/', 'https://169.254.169.254/latest']) {
  test(`refused: ${url}`, async () => {
    const { status, body } = await admin('POST', '/api/webhooks/', { url, events: ['NEW_EMERGENCY'] })
    assert.deepEqual([status, Object.keys(body).includes('url')], [400, true])
  })
}
