import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { transaction } from '../lib/db.ts'
import { makeIncidents, makeUnits, signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let keeper: Ask
let desk: Ask
let reader: Ask
let made = 0

before(async () => {
  server = await startTestServer()
  keeper = (await signIn(server, 'keeper', 'admin')).ask
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
  reader = withKey(server.baseUrl, server.readerKey)
})
after(() => server.close())

const path = (id: number, way = '') => `/api/hospitals/${id}/${way}`
const beds = { total_beds: 10, available_beds: 4 }

async function make(more: object = {}): Promise<{ id: number; name: string }> {
  const body = { name: `Hospital ${++made}`, latitude: 37.7, longitude: -122.4, ...beds, ...more }
  const answer = await keeper('POST', '/api/hospitals/', body)
  assert.equal(answer.status, 201)
  return answer.body
}

/** A unit on its way to the hospital, bound in a transaction of its own; gives the unit's id. */
async function send(hospital_id: number): Promise<number> {
  const [unit] = await makeUnits(server, 1, `H${++made}-`)
  const [incident] = await makeIncidents(server, 1, `H-${made}-`)
  await transaction(server.ctx.db, async (connection) => {
    await connection.query('SELECT FROM hospitals WHERE id = $1 FOR NO KEY UPDATE', [hospital_id])
    await connection.query(
      `INSERT INTO assignments (incident_id, unit_id, hospital_id, assigned_at)
       SELECT $1, $2, h.id, now() FROM hospitals h WHERE h.id = $3 AND h.retired_at IS NULL`,
      [incident, unit, hospital_id],
    )
  })
  return unit as number
}

type Found = { type: string; data: { action: string; changes: object } }
async function factsOf(id: number): Promise<Found[]> {
  const text = `SELECT type, data FROM facts WHERE data->>'hospital_id' = $1::text ORDER BY id`
  return (await server.ctx.db.pool.query<Found>(text, [id])).rows
}

describe('a hospital', () => {
  test('is added with the least, and every field of the contract comes back', async () => {
    const body = { name: 'General', latitude: 37.7, longitude: -122.4 }
    const answer = await keeper('POST', '/api/hospitals/', body)
    assert.equal(answer.status, 201)
    const { id, updated_at, ...rest } = answer.body
    assert.ok(Date.parse(updated_at) > 0)
    assert.deepEqual(rest, {
      ...body,
      address: '',
      phone: '',
      total_beds: 0,
      available_beds: 0,
      emergency_capacity: 'LOW',
      diversion_reason: '',
      diversion: 'OPEN',
      specialties: [],
      retired_at: null,
      inbound: 0,
    })
    assert.deepEqual((await reader('GET', path(id))).body, answer.body)
    assert.deepEqual(
      (await factsOf(id)).map(({ type, data }) => [type, data.action]),
      [['hospital_changed', 'created']],
    )
  })

  test('is refused with all faults at once', async () => {
    const bad = { name: ' ', latitude: 91, diversion: 'MAYBE', total_beds: 1, available_beds: 2, wing: 'B' }
    const { status, body } = await keeper('POST', '/api/hospitals/', {
      ...bad,
      specialties: ['PCI', 'TEETH'],
    })
    const { code: _, detail: __, ...fields } = body
    assert.equal(status, 400)
    const named = ['available_beds', 'diversion', 'latitude', 'longitude', 'name', 'specialties', 'wing']
    assert.deepEqual(Object.keys(fields).sort(), named)
  })

  test('with the same name at the same instant is added once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const body = { name: `Twin ${round}`, latitude: 1, longitude: 1 }
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => keeper('POST', '/api/hospitals/', body)),
      )
      assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409, 409, 409, 409])
      const { id } = await make()
      const renamed = await keeper('PATCH', path(id), { name: body.name })
      assert.deepEqual([renamed.status, renamed.body.code], [409, 'name_taken'])
    }
  })

  test('has its beds, load and diversion changed by a desk, each a fact with from and to', async () => {
    const { id } = await make()
    const change = { available_beds: 3, emergency_capacity: 'full', diversion: 'ADVISORY' }
    const { status, body } = await desk('PATCH', path(id), change)
    assert.deepEqual([status, body.available_beds, body.emergency_capacity], [200, 3, 'FULL'])
    assert.deepEqual((await desk('PATCH', path(id), change)).body, body)
    const facts = await factsOf(id)
    assert.equal(facts.length, 2)
    assert.deepEqual(facts[1]?.data.changes, {
      available_beds: { from: 4, to: 3 },
      emergency_capacity: { from: 'LOW', to: 'FULL' },
      diversion: { from: 'OPEN', to: 'ADVISORY' },
    })
  })

  test('keeps from a desk what is for keepers, by name, and changes nothing then', async () => {
    const { id } = await make()
    const body = { name: 'Other', phone: '+1', available_beds: 1 }
    const refused = await desk('PATCH', path(id), body)
    assert.deepEqual([refused.status, refused.body.code], [403, 'forbidden'])
    assert.ok(refused.body.name && refused.body.phone && !refused.body.available_beds)
    assert.equal((await reader('GET', path(id))).body.available_beds, 4)
    assert.equal((await keeper('PATCH', path(id), { ...body, name: `Other ${id}` })).status, 200)
    assert.equal((await reader('PATCH', path(id), { available_beds: 1 })).status, 403)
    assert.equal((await desk('POST', '/api/hospitals/', body)).status, 403)
    assert.equal((await desk('POST', path(id, 'retire/'))).status, 403)
  })

  const wrong: [object, string][] = [
    [{ available_beds: 11 }, 'available_beds'],
    [{ available_beds: -1 }, 'available_beds'],
    [{ available_beds: 1.5 }, 'available_beds'],
    [{ total_beds: 3 }, 'total_beds'],
    [{ total_beds: 20, available_beds: 21 }, 'available_beds'],
    [{ inbound: 3 }, 'inbound'],
    [{ diversion: null }, 'diversion'],
  ]
  for (const [body, field] of wrong) {
    test(`refuses ${JSON.stringify(body)}`, async () => {
      const { id } = await make()
      const answer = await desk('PATCH', path(id), body)
      assert.deepEqual([answer.status, answer.body[field]?.length], [400, 1])
    })
  }

  test('never has more beds free than there are, whoever changes them at the same instant', async () => {
    const { id } = await make()
    const changes = Array.from({ length: 40 }, (_, at) =>
      at % 2 ? { total_beds: (at * 7) % 12 } : { available_beds: (at * 5) % 12 },
    )
    const answers = await Promise.all(changes.map((body) => desk('PATCH', path(id), body)))
    const statuses = new Set(answers.map(({ status }) => status))
    assert.deepEqual([...statuses].sort(), [200, 400])
    for (const { status, body } of answers) {
      if (status === 200) assert.ok(body.available_beds <= body.total_beds)
    }
  })

  test('counts who is on the way, and is retired when nobody is', async () => {
    const { id } = await make()
    const unit = await send(id)
    assert.equal((await reader('GET', path(id))).body.inbound, 1)
    const refused = await keeper('POST', path(id, 'retire/'))
    assert.deepEqual([refused.status, refused.body.code], [409, 'in_use'])
    const end = `UPDATE assignments SET status = 'CLEARED', cleared_at = now() WHERE unit_id = $1`
    await server.ctx.db.pool.query(end, [unit])
    const retired = await keeper('POST', path(id, 'retire/'))
    assert.deepEqual([retired.status, retired.body.inbound], [200, 0])
    assert.deepEqual((await keeper('POST', path(id, 'retire/'))).body, retired.body)
    assert.equal((await keeper('POST', path(id, 'restore/'))).body.retired_at, null)
    const actions = (await factsOf(id)).map(({ data }) => data.action)
    assert.deepEqual(actions, ['created', 'retired', 'restored'])
    assert.equal((await keeper('POST', path(999_999, 'retire/'))).status, 404)
  })

  test('is never both retired and somebody’s destination', async () => {
    const met = new Set<boolean>()
    for (let round = 0; round < 30; round += 1) {
      const { id } = await make()
      const retire = () => keeper('POST', path(id, 'retire/'))
      await Promise.all(round % 2 ? [retire(), send(id)] : [send(id), retire()])
      const { body } = await reader('GET', path(id))
      assert.equal(body.retired_at !== null, body.inbound === 0)
      met.add(body.inbound === 0)
    }
    assert.ok(met.size > 0)
  })
})

test('the list goes by name and is filtered by diversion, specialty, words and use', async () => {
  const more = { address: '9 Elm Road', specialties: ['stroke', 'PCI'] }
  const a = await make({ ...more, name: 'Zeta A', diversion: 'CLOSED' })
  const b = await make({ ...more, name: 'Zeta B', specialties: ['BURN'] })
  const c = await make({ ...more, name: 'Zeta C' })
  await keeper('POST', path(c.id, 'retire/'))
  await send(b.id)
  const list = async (query: string) => {
    const { status, body } = await reader('GET', `/api/hospitals/?${query}`)
    assert.equal(status, 200)
    return body.results.map((one: { name: string; inbound: number }) => `${one.name} ${one.inbound}`)
  }
  assert.deepEqual(await list('search=zeta'), ['Zeta A 0', 'Zeta B 1'])
  assert.deepEqual(await list('search=elm road&retired=true'), ['Zeta C 0'])
  assert.deepEqual(await list('diversion=closed'), ['Zeta A 0'])
  assert.deepEqual(await list('specialty=PCI&search=zeta'), ['Zeta A 0'])
  const first = await reader('GET', '/api/hospitals/?search=zeta&page_size=1')
  const second = await reader('GET', first.body.next.replace(server.baseUrl, ''))
  assert.deepEqual([first.body.count, second.body.results[0].id, second.body.next], [2, b.id, null])
  const back = await reader('GET', second.body.previous.replace(server.baseUrl, ''))
  assert.deepEqual([back.body.results[0].id, back.body.previous], [a.id, null])
  for (const bad of ['specialty=TEETH', 'page_size=0', 'cursor=x', 'colour=red']) {
    const { status, body } = await reader('GET', `/api/hospitals/?${bad}`)
    assert.deepEqual([status, Array.isArray(body[bad.split('=')[0] ?? ''])], [400, true])
  }
})
