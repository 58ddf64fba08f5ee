import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeParamedic, makeUnits, signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let admin: Ask
let desk: Ask
let medic: Ask

before(async () => {
  server = await startTestServer()
  admin = (await signIn(server, 'boss', 'admin')).ask
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
  const person = await signIn(server, 'medic', 'paramedic')
  await makeParamedic(server, person.id, '2999-01-01')
  medic = person.ask
})
after(() => server.close())

const read = async () => {
  const { status, body } = await desk('GET', '/api/desk/')
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

test('a desk reads what the centre has set, and a crew the number of the desk', async () => {
  const first = await read()
  assert.deepEqual(
    [first.command_aliases, first.desk_phone, first.cover_metres, first.alarm_times.acknowledge_seconds],
    [{}, null, 8_000, 30],
  )
  assert.equal((await medic('GET', '/api/crew/')).body.desk_phone, null)
  const body = { command_aliases: { resp: 'en' }, desk_phone: '+1 555 0100', cover_metres: null }
  assert.equal((await admin('PATCH', '/api/settings/', body)).status, 200)
  const { command_aliases, desk_phone, cover_metres } = await read()
  assert.deepEqual([command_aliases, desk_phone, cover_metres], [{ RESP: 'EN' }, '+1 555 0100', null])
  assert.equal((await medic('GET', '/api/crew/')).body.desk_phone, '+1 555 0100')
  assert.equal((await medic('GET', '/api/desk/')).status, 403)
})

test('what cannot be a word or a number is refused in words', async () => {
  const tooMany = Object.fromEntries(
    Array.from({ length: 51 }, (_, i) => [
      `A${String.fromCharCode(65 + (i % 26))}${String.fromCharCode(65 + Math.floor(i / 26))}`,
      'D',
    ]),
  )
  const bodies: object[] = [
    { command_aliases: { D: 'EN' } },
    { command_aliases: { E43: 'EN' } },
    { command_aliases: { GO: 'RUN' } },
    { command_aliases: { GO: 'constructor' } },
    { command_aliases: tooMany },
    { desk_phone: 'ring the bell' },
    { desk_phone: '12' },
    { cover_metres: 5 },
  ]
  for (const body of bodies) {
    const reply = await admin('PATCH', '/api/settings/', body)
    assert.equal(reply.status, 400, JSON.stringify([body, reply.body]))
  }
})

test('the figures are of incidents as they went, corrections and joined ones included', async () => {
  const agent = withKey(server.baseUrl, server.key)
  const place = { emergency_type: 'CARDIAC', priority_level: 'CRITICAL', location: '1 Quay' }
  const answered_at = new Date(Date.now() - 1_000).toISOString()
  const open = async (call_sid: string) => {
    const body = { call_sid, caller_number: '+15550142', answered_at, ...place }
    return (await agent('POST', '/api/calls/', body)).body.incident_id
  }
  const [id, twin] = [await open('desk-1'), await open('desk-2')]
  const [unit] = await makeUnits(server, 1, 'K')
  const order = { order_id: 'desk-1', unit_ids: [unit] }
  const sent = await desk('POST', `/api/incidents/${id}/assignments/`, order)
  const assignment = sent.body.assignments[0].id
  for (const step of ['en-route', 'on-scene']) await desk('POST', `/api/assignments/${assignment}/${step}/`)
  await desk('POST', `/api/incidents/${twin}/merge/`, { into_id: id })
  const after = await read()
  assert.deepEqual([after.answer_to_dispatch.n, after.response.n, after.response.target], [1, 1, 539])
  // Their times are moved back by whole minutes, as a slow morning would have them.
  const run = (text: string) => server.ctx.db.pool.query(text)
  const back = (column: string) => `${column} = ${column} - interval '10 min'`
  await run(`UPDATE calls SET ${back('created_at')}, ${back('answered_at')}`)
  await run(`UPDATE incidents SET ${back('received_at')}`)
  const late = await read()
  assert.ok(late.answer_to_dispatch.p90 >= 600 && late.answer_to_dispatch.p90 < 660, JSON.stringify(late))
  assert.ok(late.response.p90 >= 600 && late.response.p90 < 660, JSON.stringify(late))
})
