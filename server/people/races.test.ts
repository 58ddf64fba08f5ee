import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { insertPerson } from '../access/store.ts'
import { transaction } from '../lib/db.ts'
import { makeIncidents, makeParamedic, makeUnits, signIn } from '../test/support/centre.ts'
import type { Ask, Seen } from '../test/support/http.ts'
import { someoneWaits } from '../test/support/locks.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

const limit = { timeout: 120_000 }
const range = (count: number) => Array.from({ length: count }, (_, at) => at)

let server: TestServer
let desk: Ask
let admins: { id: number; ask: Ask }[]
let made = 0

before(async () => {
  server = await startTestServer()
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
  admins = [await signIn(server, 'first', 'admin'), await signIn(server, 'second', 'admin')]
  // The one the server began with would stay an admin in every race.
  await server.ctx.db.pool.query(`UPDATE people SET active = false WHERE username = $1`, [server.username])
})
after(() => server.close())

const rows = async <T>(text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows as T[]
const one = (at: number) => admins[at] as { id: number; ask: Ask }

async function makeMedic(): Promise<number> {
  const created_at = new Date().toISOString()
  const person = {
    username: `medic-${++made}`,
    password_hash: 'none',
    role: 'paramedic',
    created_at,
  } as const
  const id = (await insertPerson(server.ctx.db, person)) as number
  await makeParamedic(server, id, '2999-01-01')
  return id
}

test('two admins who remove each other at once leave one', limit, async () => {
  for (const round of range(20)) {
    const body = round % 2 ? { active: false } : { role: 'supervisor' }
    const answers = await Promise.all(
      [0, 1].map((at) => one(at).ask('PATCH', `/api/people/${one(1 - at).id}/`, body)),
    )
    const left = await rows<{ id: number }>(`SELECT id FROM people WHERE role = 'admin' AND active`)
    assert.equal(left.length, 1, JSON.stringify(answers.map((answer) => answer.body)))
    const codes = answers.map((answer) => answer.body.code).filter(Boolean)
    assert.equal(codes.length, 1)
    // The other may also have come so late that it was no admin any more.
    assert.ok(['last_admin', 'forbidden', 'not_authenticated'].includes(codes[0]), codes[0])
    // With the generation their tokens are good again.
    await rows(`UPDATE people SET role = 'admin', active = true, generation = 0 WHERE id = ANY($1)`, [
      admins.map(({ id }) => id),
    ])
    await rows(`SELECT pg_notify('access', '')`)
    for (const { ask } of admins) while ((await ask('GET', '/api/people/')).status !== 200);
  }
})

test('an admin who waits behind the other one is refused as the last', limit, async () => {
  const [a, b] = [one(0), one(1)]
  let answer: Promise<Seen> | undefined
  await transaction(server.ctx.db, async (connection) => {
    await connection.query('UPDATE people SET active = false WHERE id = $1', [a.id])
    answer = a.ask('PATCH', `/api/people/${b.id}/`, { active: false })
    await someoneWaits(server.database)
  })
  assert.equal((await answer)?.body.code, 'last_admin')
  await rows('UPDATE people SET active = true, generation = 0 WHERE id = $1', [a.id])
})

type Way = [name: string, take: (id: number) => Promise<Seen>]
const ways: Way[] = [
  ['not available', (id) => one(0).ask('PATCH', `/api/paramedics/${id}/`, { available: false })],
  ['shut out', (id) => one(0).ask('PATCH', `/api/people/${id}/`, { active: false })],
  ['another role', (id) => one(0).ask('PATCH', `/api/people/${id}/`, { role: 'analyst' })],
]
for (const [name, take] of ways) {
  test(`a paramedic who becomes ${name} races a dispatch: exactly one comes first`, limit, async () => {
    for (const at of range(16)) {
      const paramedic_id = await makeMedic()
      const [ambulance_id] = await makeUnits(server, 1, `R${++made}-`)
      const [emergency_call_id] = await makeIncidents(server, 1, `R-${made}-`)
      const order = { emergency_call_id, ambulance_id, paramedic_id }
      const dispatch = () => desk('POST', '/api/dispatch/', order)
      const [taken, sent] = await Promise.all(
        at % 2 ? [take(paramedic_id), dispatch()] : [dispatch(), take(paramedic_id)].reverse(),
      )
      assert.deepEqual([taken?.status, sent?.status].sort(), [200, 409])
      const code = sent?.status === 200 ? taken?.body.code : sent?.body.code
      assert.equal(code, sent?.status === 200 ? 'in_use' : 'paramedic_unavailable')
      const { body } = await one(0).ask('GET', `/api/paramedics/${paramedic_id}/`)
      assert.equal(body.available, body.assignment_id !== null)
    }
  })

  test(`who waits to become ${name} sees the dispatch that was waited for`, limit, async () => {
    const id = await makeMedic()
    const [unit] = await makeUnits(server, 1, `W${++made}-`)
    const [incident] = await makeIncidents(server, 1, `W-${made}-`)
    let answer: Promise<Seen> | undefined
    await transaction(server.ctx.db, async (connection) => {
      await connection.query('SELECT FROM paramedics WHERE person_id = $1 FOR NO KEY UPDATE', [id])
      answer = take(id)
      await someoneWaits(server.database)
      await connection.query(
        `INSERT INTO assignments (incident_id, unit_id, paramedic_id, assigned_at)
         VALUES ($1, $2, $3, now())`,
        [incident, unit, id],
      )
    })
    assert.deepEqual([(await answer)?.status, (await answer)?.body.code], [409, 'in_use'])
    const [left] = await rows<{ active: boolean; role: string; available: boolean }>(
      'SELECT active, role, available FROM people JOIN paramedics ON person_id = id WHERE id = $1',
      [id],
    )
    assert.deepEqual(left, { active: true, role: 'paramedic', available: true })
  })
}

test('a profile is given once, and not to one who is shut out meanwhile', limit, async () => {
  for (const at of range(12)) {
    const created_at = new Date().toISOString()
    const person = { username: `new-${at}`, password_hash: 'none', role: 'paramedic', created_at } as const
    const person_id = (await insertPerson(server.ctx.db, person)) as number
    const body = { person_id, license_number: `N${at}` }
    const [first, second, out] = await Promise.all([
      one(0).ask('POST', '/api/paramedics/', { ...body, employee_id: `N${at}` }),
      one(0).ask('POST', '/api/paramedics/', { ...body, employee_id: `M${at}`, license_number: `M${at}` }),
      one(1).ask('PATCH', `/api/people/${person_id}/`, { active: false }),
    ])
    assert.equal(out?.status, 200)
    for (const answer of [first, second]) assert.ok([201, 400, 409].includes(answer?.status ?? 0))
    const profiles = await rows<{ available: boolean }>(
      'SELECT available FROM paramedics WHERE person_id = $1',
      [person_id],
    )
    assert.equal(profiles.length, [first, second].filter((answer) => answer?.status === 201).length)
    for (const { available } of profiles) assert.equal(available, false)
  }
})

test('retiring a unit races its crew: nobody enters a retired unit', limit, async () => {
  const id = await makeMedic()
  for (const at of range(12)) {
    const [unit_id] = await makeUnits(server, 1, `C${++made}-`)
    const enter = () => one(0).ask('PATCH', `/api/paramedics/${id}/`, { unit_id })
    const retire = () => one(1).ask('POST', `/api/units/${unit_id}/retire/`)
    const [entered] = at % 2 ? await Promise.all([enter(), retire()]) : [await retire().then(enter)]
    const facts = await rows<{ type: string }>(
      `SELECT type FROM facts WHERE unit_id = $1 OR data->'changes'->'unit_id'->>'to' = $1::text ORDER BY id`,
      [unit_id],
    )
    const expected = ['paramedic_changed', 'unit_changed']
    const types = facts.map(({ type }) => type)
    assert.deepEqual(types, entered.status === 200 ? expected : ['unit_changed'])
  }
})
