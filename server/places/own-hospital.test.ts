import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { makeHospital, makeIncidents, makeUnits, signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let own: number
let other: number
let nurse: Ask
let desk: Ask

const rows = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows
const speakFor = async (username: string, hospital_id: number | null) => {
  const { id, ask } = await signIn(server, username, 'hospital')
  await rows('UPDATE people SET hospital_id = $2 WHERE id = $1', [id, hospital_id])
  return ask
}

before(async () => {
  server = await startTestServer()
  own = await makeHospital(server, 'General')
  other = await makeHospital(server, 'Mercy')
  await rows('UPDATE hospitals SET total_beds = 9, available_beds = 4')
  nurse = await speakFor('nurse', own)
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
})
after(() => server.close())

/** A unit on its way to a hospital with a patient somebody called about; gives its number. */
async function bring(hospital_id: number, mark: string): Promise<string> {
  const [incident] = await makeIncidents(server, 1, `${mark}-`)
  const [unit] = await makeUnits(server, 1, mark)
  await rows(
    `INSERT INTO calls (call_sid, caller_number, incident_id, created_at, updated_at)
      VALUES ('own-' || $1::bigint, '+15550142', $1, now(), now())`,
    [incident],
  )
  await rows('UPDATE units SET latitude = 37.71, longitude = -122.4, position_at = now() WHERE id = $1', [
    unit,
  ])
  const order = { order_id: `own-${mark}`, unit_ids: [unit] }
  const sent = await desk('POST', `/api/incidents/${incident}/assignments/`, order)
  assert.equal(sent.status, 200)
  const path = `/api/assignments/${sent.body.assignments[0].id}`
  assert.equal((await desk('POST', `${path}/transport/`, { hospital_id })).status, 200)
  return `${mark}1`
}

describe('somebody who speaks for a hospital', () => {
  test('reads it with who comes, and nothing of callers, places and other hospitals', async () => {
    const unit_number = await bring(own, 'A')
    await bring(other, 'B')
    const { status, body } = await nurse('GET', '/api/hospitals/mine/')
    assert.deepEqual([status, body.id, body.name, body.inbound], [200, own, 'General', 1])
    assert.deepEqual(body.inbound_units, [
      {
        ...{ unit_number, unit_type: 'ADVANCED', emergency_type: 'CARDIAC', priority: 1 },
        ...{ status: 'TRANSPORTING', eta_seconds: 103 },
      },
    ])
    assert.doesNotMatch(JSON.stringify(body), /5550142|Harbour|B1/)
    const { inbound_units: _, ...record } = body
    assert.deepEqual((await nurse('GET', `/api/hospitals/${own}/`)).body, record)
  })

  test('changes its beds, load and diversion; each is a fact with the name', async () => {
    const change = { available_beds: 3, emergency_capacity: 'HIGH', diversion: 'ADVISORY' }
    const { status, body } = await nurse('PATCH', `/api/hospitals/${own}/`, change)
    assert.deepEqual([status, body.available_beds, body.diversion], [200, 3, 'ADVISORY'])
    const [fact] = await rows(
      `SELECT actor_name, data FROM facts WHERE type = 'hospital_changed' ORDER BY id DESC LIMIT 1`,
    )
    assert.deepEqual([fact.actor_name, fact.data.hospital_id], ['nurse', own])
    assert.deepEqual(fact.data.changes.available_beds, { from: 4, to: 3 })
    const named = await nurse('PATCH', `/api/hospitals/${own}/`, { name: 'Ours', available_beds: 1 })
    assert.deepEqual([named.status, named.body.name?.length], [403, 1])
    assert.equal((await nurse('GET', '/api/hospitals/mine/')).body.available_beds, 3)
  })

  test('does not learn whether there is any other hospital, nor change one', async () => {
    const before = await rows('SELECT * FROM hospitals WHERE id = $1', [other])
    for (const method of ['GET', 'PATCH']) {
      const body = method === 'PATCH' ? { available_beds: 0, name: 'Taken' } : undefined
      const [theirs, none] = await Promise.all(
        [other, 999_999].map((id) => nurse(method, `/api/hospitals/${id}/`, body)),
      )
      assert.deepEqual([theirs?.status, theirs?.body], [404, none?.body])
    }
    assert.deepEqual(await rows('SELECT * FROM hospitals WHERE id = $1', [other]), before)
    assert.equal((await nurse('GET', '/api/hospitals/')).status, 403)
  })

  test('for no hospital sees none', async () => {
    const nobody = await speakFor('nobody', null)
    assert.equal((await nobody('GET', '/api/hospitals/mine/')).status, 404)
    assert.equal((await nobody('GET', `/api/hospitals/${own}/`)).status, 404)
    assert.equal((await nobody('PATCH', `/api/hospitals/${own}/`, { available_beds: 1 })).status, 404)
  })
})

test('a crew reads the list of hospitals, and none by itself', async () => {
  const crew = (await signIn(server, 'medic', 'paramedic')).ask
  const { status, body } = await crew('GET', '/api/hospitals/')
  assert.deepEqual(
    [status, body.results.map((one: { name: string }) => one.name)],
    [200, ['General', 'Mercy']],
  )
  assert.equal((await crew('GET', `/api/hospitals/${own}/`)).status, 403)
})
