import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let keeper: Ask
let desk: Ask
let reader: Ask
let made = 0

before(async () => {
  server = await startTestServer()
  keeper = (await signIn(server, 'keeper', 'supervisor')).ask
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
  reader = withKey(server.baseUrl, server.readerKey)
})
after(() => server.close())

const path = (id: number, way = '') => `/api/stations/${id}/${way}`
const make = async (more: object = {}): Promise<{ id: number; name: string }> => {
  const body = { name: `Station ${++made}`, latitude: 1, longitude: 2, ...more }
  const answer = await keeper('POST', '/api/stations/', body)
  assert.equal(answer.status, 201)
  return answer.body
}
const place = (station_id: number) => {
  const body = { unit_number: `S${++made}`, unit_type: 'BASIC', station_id }
  return keeper('POST', '/api/units/', body)
}

test('a station is added, read, changed and told of', async () => {
  const { id, name } = await make({ address: '1 Main Street' })
  const changed = await keeper('PATCH', path(id), { address: '2 Main Street', latitude: 1 })
  assert.equal(changed.status, 200)
  assert.deepEqual((await reader('GET', path(id))).body, changed.body)
  const { updated_at: _, ...rest } = changed.body
  const expected = { id, name, address: '2 Main Street', latitude: 1, longitude: 2, units: 0 }
  assert.deepEqual(rest, { ...expected, retired_at: null })
  const facts = await server.ctx.db.pool.query(
    `SELECT type, data FROM facts WHERE data->>'station_id' = $1::text ORDER BY id`,
    [id],
  )
  assert.equal(facts.rows.length, 2)
  assert.deepEqual(facts.rows[1], {
    type: 'station_changed',
    data: {
      station_id: id,
      action: 'changed',
      changes: { address: { from: '1 Main Street', to: '2 Main Street' } },
    },
  })
})

test('faults are told at once; a name is taken once; desks only read', async () => {
  const bad = await keeper('POST', '/api/stations/', { latitude: 'x', address: 3, size: 1 })
  const { code: _, detail: __, ...fields } = bad.body
  assert.deepEqual(
    [bad.status, Object.keys(fields).sort()],
    [400, ['address', 'latitude', 'longitude', 'name', 'size']],
  )
  const body = { name: 'Twin', latitude: 1, longitude: 1 }
  const answers = await Promise.all(Array.from({ length: 6 }, () => keeper('POST', '/api/stations/', body)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409, 409, 409, 409])
  const { id } = await make()
  assert.equal((await keeper('PATCH', path(id), { name: 'Twin' })).body.code, 'name_taken')
  assert.equal((await desk('GET', path(id))).status, 200)
  assert.equal((await desk('PATCH', path(id), { name: 'x' })).status, 403)
  assert.equal((await desk('POST', '/api/stations/', body)).status, 403)
  assert.equal((await keeper('PATCH', path(999_999), { name: 'x' })).status, 404)
  assert.equal((await reader('GET', path(999_999))).status, 404)
})

test('a station is retired when no unit waits there, and its units say so when they come back', async () => {
  const { id, name } = await make()
  const unit = (await place(id)).body
  assert.equal((await reader('GET', path(id))).body.units, 1)
  const refused = await keeper('POST', path(id, 'retire/'))
  assert.deepEqual([refused.status, refused.body.code], [409, 'in_use'])
  await keeper('POST', `/api/units/${unit.id}/retire/`)
  assert.equal((await keeper('POST', path(id, 'retire/'))).status, 200)
  const back = await keeper('POST', `/api/units/${unit.id}/restore/`)
  assert.deepEqual([back.status, back.body.code], [409, 'retired'])
  assert.deepEqual((await place(id)).body.station_id, ['The station was taken out of use.'])
  const moved = await keeper('PATCH', `/api/units/${unit.id}/`, { station_id: null })
  assert.deepEqual([moved.status, moved.body.station_id], [200, null])
  assert.equal((await keeper('POST', `/api/units/${unit.id}/restore/`)).status, 200)
  const listed = async (more: string) =>
    (await reader('GET', `/api/stations/?search=${name}${more}`)).body.results.length
  assert.deepEqual([await listed(''), await listed('&retired=true')], [0, 1])
  assert.equal((await keeper('POST', path(id, 'restore/'))).body.retired_at, null)
})

test('retiring races new units: no unit in use waits at a retired station', async () => {
  const met = new Set<boolean>()
  for (let round = 0; round < 30; round += 1) {
    const { id } = await make()
    const other = (await place((await make()).id)).body
    const retire = () => keeper('POST', path(id, 'retire/'))
    const move = () => keeper('PATCH', `/api/units/${other.id}/`, { station_id: id })
    const orders = round % 2 ? [retire, () => place(id), move] : [() => place(id), move, retire]
    const answers = await Promise.all(orders.map((order) => order()))
    for (const { status } of answers) assert.ok([200, 201, 400, 409].includes(status), String(status))
    const { body } = await reader('GET', path(id))
    assert.equal(body.retired_at !== null, body.units === 0)
    met.add(body.units === 0)
  }
  assert.equal(met.size, 2, 'only one of them ever came first')
})
