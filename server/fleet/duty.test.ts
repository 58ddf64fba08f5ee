import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { transaction } from '../lib/db.ts'
import { makeIncidents, makeUnits, signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let desk: Ask
let keeper: Ask
let made = 0

before(async () => {
  server = await startTestServer()
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
  keeper = (await signIn(server, 'keeper', 'admin')).ask
})
after(() => server.close())

const range = (count: number) => Array.from({ length: count }, (_, at) => at)
const rows = async <T>(text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows as T[]
const one = async () => (await makeUnits(server, 1, `D${++made}-`))[0] as number

/** Binds the unit as a dispatch does: under its lock, and only while it is free, on duty and in use. */
async function bind(unit_id: number): Promise<boolean> {
  const [incident] = await makeIncidents(server, 1, `I-${++made}-`)
  return transaction(server.ctx.db, async (connection) => {
    await connection.query('SELECT FROM units WHERE id = $1 FOR NO KEY UPDATE', [unit_id])
    const added = await connection.query(
      `INSERT INTO assignments (incident_id, unit_id, assigned_at)
       SELECT $1, u.id, now() FROM units u WHERE u.id = $2 AND u.duty = 'AVAILABLE' AND u.retired_at IS NULL
         AND NOT EXISTS (SELECT FROM assignments a WHERE a.unit_id = u.id)`,
      [incident, unit_id],
    )
    return added.rowCount === 1
  })
}

test('a free unit takes a duty, once, with a fact that says from and to', async () => {
  const id = await one()
  const body = { duty: 'out_of_service', reason: 'Flat tyre' }
  const first = await desk('POST', `/api/units/${id}/duty/`, body)
  assert.deepEqual([first.status, first.body.status], [200, 'OUT_OF_SERVICE'])
  assert.deepEqual((await desk('POST', `/api/units/${id}/duty/`, body)).body, first.body)
  const facts = await rows<{ type: string; data: object }>(
    'SELECT type, data FROM facts WHERE unit_id = $1',
    [id],
  )
  assert.deepEqual(facts, [
    { type: 'unit_duty_changed', data: { from: 'AVAILABLE', to: 'OUT_OF_SERVICE', reason: 'Flat tyre' } },
  ])
})

test('a duty that is none is refused by name', async () => {
  const id = await one()
  for (const body of [{}, { duty: 'ON_SCENE' }, { duty: null }, { duty: 'AVAILABLE', note: 1 }]) {
    const { status, body: refusal } = await desk('POST', `/api/units/${id}/duty/`, body)
    assert.deepEqual([status, Array.isArray(refusal.duty ?? refusal.note)], [400, true])
  }
})

test('while an assignment is live the status follows from it and no duty is taken', async () => {
  const id = await one()
  assert.ok(await bind(id))
  const shown = {
    ASSIGNED: 'EN_ROUTE',
    ACKNOWLEDGED: 'EN_ROUTE',
    EN_ROUTE: 'EN_ROUTE',
    ON_SCENE: 'ON_SCENE',
    AT_PATIENT: 'ON_SCENE',
    AT_HOSPITAL: 'AT_HOSPITAL',
    HANDOVER_DONE: 'AT_HOSPITAL',
  }
  for (const [status, expected] of Object.entries(shown)) {
    await rows('UPDATE assignments SET status = $2 WHERE unit_id = $1', [id, status])
    const { body } = await keeper('GET', `/api/units/${id}/`)
    assert.deepEqual([body.status, body.assignment_id > 0, body.incident_id > 0], [expected, true, true])
    const { body: refusal, status: code } = await desk('POST', `/api/units/${id}/duty/`, { duty: 'OFF_DUTY' })
    assert.deepEqual([code, refusal.code, refusal.error], [409, 'unit_busy', refusal.detail])
    assert.match(refusal.detail, new RegExp(`is ${expected};`))
  }
  await rows(`UPDATE assignments SET status = 'CLEARED', cleared_at = now() WHERE unit_id = $1`, [id])
  const { body } = await keeper('GET', `/api/units/${id}/`)
  assert.deepEqual([body.status, body.assignment_id, body.incident_id], ['AVAILABLE', null, null])
  assert.equal((await desk('POST', `/api/units/${id}/duty/`, { duty: 'OFF_DUTY' })).status, 200)
})

test('50 changes of duty race a dispatch: no unit is off duty with a live assignment', async () => {
  let [bound, refused] = [0, 0]
  for (const _ of range(12)) {
    const id = await one()
    const duties = range(50).map((at) => {
      const duty = at % 2 ? 'OFF_DUTY' : 'AVAILABLE'
      return () => desk('POST', `/api/units/${id}/duty/`, { duty })
    })
    const orders = duties.flatMap((order, at) => (at % 10 === 5 ? [order, () => bind(id)] : [order]))
    const answers = await Promise.all(orders.map((order) => order()))
    const [unit] = await rows<{ duty: string; live: number }>(
      `SELECT duty, (SELECT count(*) FROM assignments a WHERE a.unit_id = u.id) AS live
       FROM units u WHERE id = $1`,
      [id],
    )
    if (unit?.live) assert.equal(unit.duty, 'AVAILABLE')
    bound += unit?.live ?? 0
    for (const answer of answers) {
      if (typeof answer === 'boolean') continue
      assert.ok(answer.status === 200 || answer.body.code === 'unit_busy', JSON.stringify(answer.body))
      if (answer.status === 409) refused += 1
    }
    // The facts are a chain: each begins where the one before ended, and the last ends in the row.
    const facts = await rows<{ from: string; to: string }>(
      `SELECT data->>'from' AS from, data->>'to' AS to FROM facts WHERE unit_id = $1 ORDER BY id`,
      [id],
    )
    let duty: string | undefined = 'AVAILABLE'
    for (const fact of facts) {
      assert.equal(fact.from, duty)
      duty = fact.to
    }
    assert.equal(unit?.duty, duty)
  }
  assert.ok(bound > 0 && refused > 0, `nothing raced: ${bound} bound, ${refused} refused`)
})

test('retiring races a dispatch: no retired unit has a live assignment', async () => {
  let [bound, retired] = [0, 0]
  for (const at of range(30)) {
    const id = await one()
    const retire = () => keeper('POST', `/api/units/${id}/retire/`)
    const orders = at % 2 ? [retire, () => bind(id), retire] : [() => bind(id), retire, retire]
    // Now and then one has a head start, so that both ends are seen on any machine.
    if (at % 10 === 1) await retire()
    await Promise.all(orders.map((order) => order()))
    const [unit] = await rows<{ retired: boolean; live: number }>(
      `SELECT retired_at IS NOT NULL AS retired,
         (SELECT count(*) FROM assignments a WHERE a.unit_id = u.id) AS live FROM units u WHERE id = $1`,
      [id],
    )
    assert.equal(unit?.retired, unit?.live === 0, 'exactly one of them came first')
    bound += unit?.live ?? 0
    retired += unit?.retired ? 1 : 0
  }
  assert.ok(bound > 0 && retired > 0, `nothing raced: ${bound} bound, ${retired} retired`)
})

test('duty and retirement race real dispatches: a unit that was sent is on duty and in use', async () => {
  const met = { sent: 0, late: 0 }
  for (const at of range(20)) {
    const id = await one()
    const [incident] = await makeIncidents(server, 1, `R-${at}-`)
    const order = { emergency_call_id: incident, ambulance_id: id }
    const take =
      at % 2
        ? () => desk('POST', `/api/units/${id}/duty/`, { duty: 'OFF_DUTY' })
        : () => keeper('POST', `/api/units/${id}/retire/`)
    const dispatch = () => desk('POST', '/api/dispatch/', order)
    const [taken, sent] = await Promise.all(
      at % 4 < 2 ? [take(), dispatch()] : [dispatch(), take()].reverse(),
    )
    assert.deepEqual([taken?.status, sent?.status].sort(), [200, 409])
    const { body } = await keeper('GET', `/api/units/${id}/`)
    assert.equal(body.status, sent?.status === 200 ? 'EN_ROUTE' : at % 2 ? 'OFF_DUTY' : 'AVAILABLE')
    assert.equal(body.retired_at === null, sent?.status === 200 || at % 2 === 1)
    met[sent?.status === 200 ? 'sent' : 'late'] += 1
  }
  assert.ok(met.sent > 0 && met.late > 0, `nothing raced: ${JSON.stringify(met)}`)
})
