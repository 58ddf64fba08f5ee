import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeUnits, signIn } from '../test/support/centre.ts'
import { createTestDatabase, type TestDatabase } from '../test/support/cluster.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let database: TestDatabase
let server: TestServer
let other: TestServer
let admin: Ask
let supervisor: Ask
let desk: Ask
let serial = 0

before(async () => {
  database = await createTestDatabase()
  server = await startTestServer({ database })
  other = await startTestServer({ database })
  admin = (await signIn(server, 'boss', 'admin')).ask
  supervisor = (await signIn(server, 'chief', 'supervisor')).ask
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
})
after(async () => {
  await server.close()
  await other.close()
  await database.drop()
})

const path = '/api/settings/'
const set = async (body: object) => {
  const reply = await admin('PATCH', path, body)
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return reply.body
}
const openCall = async (on: TestServer) => {
  serial += 1
  const body = {
    call_sid: `s-${serial}`,
    caller_number: '+15550142',
    emergency_type: 'FIRE',
    location: 'Pier 3',
  }
  return (await withKey(on.baseUrl, on.key)('POST', '/api/calls/', body)).body
}
const factsOf = async () =>
  (
    await server.ctx.db.pool.query("SELECT data FROM facts WHERE type = 'setting_changed' ORDER BY id")
  ).rows.map((row) => row.data)
/** Until the notification has come, which nothing else tells of. */
async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 20_000
  while (!holds() && Date.now() < end) await new Promise((next) => setTimeout(next, 10))
  assert.ok(holds())
}

test('defaults at first; an admin sets, a supervisor reads, others do neither', async () => {
  const { status, body } = await supervisor('GET', path)
  assert.equal(status, 200)
  assert.deepEqual(body.response_plans.CARDIAC['1'], ['ADVANCED', 'BASIC'])
  assert.deepEqual(
    [body.auto_incident, body.incident_number_template, body.changed],
    [true, 'I-{yy}-{000000}', []],
  )
  assert.equal((await desk('GET', path)).status, 403)
  assert.equal((await supervisor('PATCH', path, { auto_incident: false })).status, 403)
})

const bad: [name: string, body: object, field: string][] = [
  ['another setting', { colour: 'red' }, 'colour'],
  ['no flag', { auto_incident: 'yes' }, 'auto_incident'],
  ['no plans', { response_plans: [] }, 'response_plans'],
  ['another type', { response_plans: { BOAT: { 1: ['BASIC'] } } }, 'BOAT'],
  ['a history of fewer days than the database lets go', { audit_days: 89 }, 'audit_days'],
  ['positions for no day', { positions_days: 0 }, 'positions_days'],
  ['another priority', { response_plans: { FIRE: { 5: ['FIRE'] } } }, '5'],
  ['nobody to send', { response_plans: { FIRE: { 1: [] } } }, 'response_plans'],
  ['too many to send', { response_plans: { FIRE: { 1: Array(7).fill('FIRE') } } }, 'response_plans'],
  ['another kind of unit', { response_plans: { FIRE: { 1: ['BOAT'] } } }, 'response_plans'],
  ['a template without a count', { incident_number_template: 'I-{yy}-' }, 'incident_number_template'],
  ['a count after a digit', { incident_number_template: 'I-{yy}{000}' }, 'incident_number_template'],
  ['a count that is not last', { incident_number_template: '{000}-I' }, 'incident_number_template'],
  ['a target of no second', { targets: { travel: { 1: 0 } } }, 'targets'],
  ['a target of no interval', { targets: { lunch: { 1: 60 } } }, 'lunch'],
  ['a template too long', { incident_number_template: `${'I'.repeat(40)}{0}` }, 'incident_number_template'],
]
for (const [name, body, field] of bad) {
  test(`refused: ${name}`, async () => {
    const reply = await admin('PATCH', path, { ...body })
    assert.equal(reply.status, 400, JSON.stringify(reply.body))
    assert.ok(reply.body[field], JSON.stringify(reply.body))
    assert.deepEqual(await factsOf().then((facts) => facts.filter((one) => one.name in body)), [])
  })
}

test('plans: recommended and sent by at once, what is left out stays, and the history tells', async () => {
  const [basic] = await makeUnits(server, 1, 'SB', 'BASIC')
  const raised = await desk('POST', '/api/incidents/', { emergency_type: 'CARDIAC', priority: 2 })
  const order = { order_id: 'plan-1', unit_ids: [basic] }
  const assignments = `/api/incidents/${raised.body.id}/assignments/`
  assert.equal((await desk('POST', assignments, order)).body.code, 'unit_unsuitable')
  const shown = await set({ response_plans: { CARDIAC: { 2: ['basic', 'BASIC'] } } })
  assert.deepEqual(shown.response_plans.CARDIAC['2'], ['BASIC', 'BASIC'])
  assert.deepEqual(shown.response_plans.CARDIAC['1'], ['ADVANCED', 'BASIC'])
  assert.deepEqual([shown.changed[0].name, shown.changed[0].updated_by], ['response_plans', 'boss'])
  const plan = (await desk('GET', `/api/incidents/${raised.body.id}/recommendation/`)).body
  assert.deepEqual([plan.needs, plan.why], [['BASIC', 'BASIC'], 'This centre has set what is sent.'])
  assert.equal((await desk('POST', assignments, { ...order, order_id: 'plan-2' })).status, 200)
  assert.deepEqual(shown.defaults.response_plans.CARDIAC['2'], ['ADVANCED'])
  const [fact] = (await factsOf()).filter((one) => one.name === 'response_plans')
  assert.deepEqual(Object.keys(fact.to), ['CARDIAC'])
  assert.deepEqual([fact.from.CARDIAC['2'], fact.to.CARDIAC['2']], [['ADVANCED'], ['BASIC', 'BASIC']])
})

test('targets: what is left out stays, and null is none', async () => {
  const shown = await set({ targets: { travel: { 2: 300 }, answer: { 4: null } } })
  assert.deepEqual(shown.targets.travel, { 1: 240, 2: 300, 3: 900, 4: 1_800 })
  assert.deepEqual(shown.targets.answer, { 1: 15, 2: 15, 3: 15, 4: null })
  assert.deepEqual(shown.targets.total_response, shown.defaults.targets.total_response)
  await set({ targets: shown.defaults.targets })
})

test('retention: nothing leaves until it is set, and each kind by itself', async () => {
  const kinds = ['transcripts_days', 'numbers_days', 'positions_days', 'audit_days']
  const { body } = await supervisor('GET', path)
  assert.deepEqual(
    kinds.map((name) => body[name]),
    [null, null, null, null],
  )
  const shown = await set({ positions_days: 30, audit_days: 365 })
  assert.deepEqual(
    kinds.map((name) => shown[name]),
    [null, null, 30, 365],
  )
  await set({ positions_days: null, audit_days: null })
})

test('no incidents by themselves, on every process; the same again is no change', async () => {
  assert.notEqual((await openCall(server)).incident_id, null)
  await set({ auto_incident: false })
  await set({ auto_incident: false })
  assert.equal((await openCall(server)).incident_id, null)
  await until(() => !other.ctx.settings.current().auto_incident)
  assert.equal((await openCall(other)).incident_id, null)
  await set({ auto_incident: true })
  assert.notEqual((await openCall(server)).incident_id, null)
  const told = (await factsOf()).filter((one) => one.name === 'auto_incident')
  assert.deepEqual(told, [
    { name: 'auto_incident', from: true, to: false },
    { name: 'auto_incident', from: false, to: true },
  ])
})

test('numbers by another template, and back: none is given twice', async () => {
  const numbers: string[] = []
  for (const template of ['{0}', 'Fire {yyyy}/{000}', '{0}', 'I-{yy}-{000000}']) {
    await set({ incident_number_template: template })
    const byHand = await desk('POST', '/api/incidents/', { emergency_type: 'FIRE' })
    numbers.push(byHand.body.incident_number)
    const call = await openCall(server)
    const { body } = await desk('GET', `/api/incidents/${call.incident_id}/`)
    numbers.push(body.incident_number)
  }
  assert.equal(new Set(numbers).size, numbers.length)
  assert.match(numbers[0] as string, /^\d+$/)
  assert.match(numbers[2] as string, /^Fire \d{4}\/\d{3,}$/)
})

test('changes at the same time lose nothing of each other', async () => {
  const types = ['POLICE', 'FIRE', 'OTHER', 'STROKE', 'TRAUMA']
  await Promise.all(types.map((type) => set({ response_plans: { [type]: { 4: ['SUPERVISOR'] } } })))
  const { body } = await supervisor('GET', path)
  for (const type of types) assert.deepEqual(body.response_plans[type]['4'], ['SUPERVISOR'], type)
  assert.deepEqual(server.ctx.settings.current().response_plans, body.response_plans)
})
