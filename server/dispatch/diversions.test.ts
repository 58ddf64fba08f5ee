import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeIncidents, makeUnits, signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let ask: Ask
let supervisor: Ask
let serial = 0
const unit = async (type?: string) => (await makeUnits(server, 1, `D${++serial}-`, type))[0] as number
const incident = async () => (await makeIncidents(server, 1, `I-26-${++serial}-`))[0] as number
const sql = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows

before(async () => {
  server = await startTestServer()
  ask = (await signIn(server, 'desk', 'dispatcher')).ask
  supervisor = (await signIn(server, 'chief', 'supervisor')).ask
})
after(() => server.close())

test('a unit is diverted to a graver incident without being free in between', async () => {
  const [from, to, one] = [await incident(), await incident(), await unit()]
  await sql('UPDATE incidents SET priority = 3 WHERE id = $1', [from])
  const order = { order_id: `divert-${one}`, unit_ids: [one] }
  const { body } = await ask('POST', `/api/incidents/${from}/assignments/`, order)
  const path = `/api/assignments/${body.assignments[0].id}/divert/`
  const away = { incident_id: to, reason: 'cardiac arrest nearer' }
  assert.equal((await ask('POST', path, { incident_id: to })).status, 400)
  const done = await ask('POST', path, away)
  assert.equal(done.status, 200)
  assert.deepEqual([done.body.diverted.status, done.body.assignment.incident_id], ['DIVERTED', to])
  const shown = await sql('SELECT status FROM incidents WHERE id = ANY($1) ORDER BY id', [[from, to]])
  assert.deepEqual(
    shown.map((row) => row.status),
    ['RECEIVED', 'DISPATCHED'],
  )
  assert.equal((await ask('POST', path, away)).status, 409)
  const back = `/api/assignments/${done.body.assignment.id}/divert/`
  const refused = await ask('POST', back, { incident_id: from, reason: 'x' })
  assert.deepEqual([refused.status, refused.body.code], [409, 'incident_not_graver'])
})

type Case = {
  unit: 'BASIC' | 'ADVANCED'
  by: 'desk' | 'chief'
  override?: string
  /** Priority of where the unit is, and of where it is to go; 1 is the gravest. */
  from: number
  to: number
  is: [status: number, code?: string]
  overridden?: true
}
const why = 'nobody else within ten minutes'
const cases: Case[] = [
  { unit: 'ADVANCED', by: 'desk', from: 3, to: 2, is: [200] },
  { unit: 'BASIC', by: 'desk', from: 3, to: 2, is: [409, 'unit_unsuitable'] },
  { unit: 'BASIC', by: 'chief', from: 3, to: 2, is: [409, 'unit_unsuitable'] },
  { unit: 'BASIC', by: 'desk', override: why, from: 3, to: 2, is: [403, 'forbidden'] },
  { unit: 'ADVANCED', by: 'desk', override: why, from: 3, to: 2, is: [403, 'forbidden'] },
  { unit: 'BASIC', by: 'chief', override: why, from: 3, to: 2, is: [200], overridden: true },
  { unit: 'ADVANCED', by: 'chief', override: why, from: 3, to: 2, is: [200] },
  { unit: 'BASIC', by: 'chief', override: why, from: 2, to: 3, is: [409, 'incident_not_graver'] },
  { unit: 'BASIC', by: 'chief', override: 'x'.repeat(501), from: 3, to: 2, is: [400, 'invalid'] },
]

test('only a supervisor diverts a unit that is too weak, and the reason is on the timeline', async () => {
  for (const one of cases) {
    const [from, to, id] = [await incident(), await incident(), await unit(one.unit)]
    await sql(
      `UPDATE incidents SET priority = CASE id WHEN $1 THEN $2::int ELSE $4::int END WHERE id IN ($1, $3)`,
      [from, one.from, to, one.to],
    )
    const order = { order_id: `case-${id}`, unit_ids: [id], override_reason: why }
    const { body: sent } = await supervisor('POST', `/api/incidents/${from}/assignments/`, order)
    const by = one.by === 'desk' ? ask : supervisor
    const body = { incident_id: to, reason: 'graver', override_reason: one.override }
    const done = await by('POST', `/api/assignments/${sent.assignments[0].id}/divert/`, body)
    const name = JSON.stringify(one)
    assert.deepEqual([done.status, done.body.code], [one.is[0], one.is[1]], name)
    const told = await sql(
      `SELECT data FROM facts WHERE incident_id = $1 AND unit_id = $2 AND type = 'rule_overridden'`,
      [to, id],
    )
    const assignment_id = done.body.assignment?.id
    const expected = { data: { assignment_id, rules: ['unit_unsuitable'], reason: why } }
    assert.deepEqual(told, one.overridden ? [expected] : [], name)
    const live = await sql('SELECT incident_id FROM assignments WHERE unit_id = $1 AND diverted_at IS NULL', [
      id,
    ])
    assert.deepEqual(live, [{ incident_id: one.is[0] === 200 ? to : from }], name)
  }
})
