import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { makeUnits, signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let ai: Ask
let desk: Ask
let serial = 0

before(async () => {
  server = await startTestServer()
  ai = withKey(server.baseUrl, server.key)
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
})
after(() => server.close())

const place = { location: '21 Harbour Street' }

/** A call that has raised an incident: MEDICAL, urgency not known, a place in words. */
async function raise() {
  const call_sid = `follow-${++serial}`
  const opening = { call_sid, caller_number: '+15550142', emergency_type: 'MEDICAL', ...place }
  const { body } = await ai('POST', '/api/calls/', opening)
  const id = body.incident_id as number
  const path = `/api/calls/${call_sid}/`
  const read = async () => (await desk('GET', `/api/incidents/${id}/`)).body
  return { call_sid, id, path, read }
}

const send = async (id: number) => {
  const unit_ids = await makeUnits(server, 1, `F${++serial}-`)
  const { status } = await desk('POST', `/api/incidents/${id}/assignments/`, {
    order_id: `f${serial}`,
    unit_ids,
  })
  assert.equal(status, 200)
}

describe('an incident follows the call it was raised from', () => {
  test('type, urgency, place and coordinates, in one fact with from and to', async () => {
    const { path, read, id } = await raise()
    const told = { emergency_type: 'CARDIAC', priority_level: 'CRITICAL', latitude: 37.7, longitude: -122.4 }
    await ai('PUT', path, told)
    const now = await read()
    assert.deepEqual(
      [now.emergency_type, now.priority, now.latitude, now.longitude, now.location],
      ['CARDIAC', 1, 37.7, -122.4, place.location],
    )
    const { body } = await desk('GET', `/api/incidents/${id}/timeline/`)
    const updated = body.results.filter((one: { type: string }) => one.type === 'incident_updated')
    assert.deepEqual(
      updated.map((one: { data: { changes: unknown } }) => one.data.changes),
      [
        {
          emergency_type: { from: 'MEDICAL', to: 'CARDIAC' },
          priority: { from: 2, to: 1 },
          latitude: { from: null, to: 37.7 },
          longitude: { from: null, to: -122.4 },
        },
      ],
    )
  })

  test('also when the call is opened again with what was not known', async () => {
    const { call_sid, read } = await raise()
    await ai('POST', '/api/calls/', { call_sid, caller_number: '+15550142', priority_level: 'LOW' })
    assert.equal((await read()).priority, 4)
  })

  test('also when a request is repeated whose taking over was missed', async () => {
    const { path, read, id } = await raise()
    await ai('PUT', path, { priority_level: 'CRITICAL' })
    // As if the process had ended between the call's commit and the incident's.
    await server.ctx.db.pool.query('UPDATE incidents SET priority = 2 WHERE id = $1', [id])
    await ai('PUT', path, { priority_level: 'CRITICAL' })
    assert.equal((await read()).priority, 1)
  })

  test('less urgent only while nobody has been sent, graver at any time', async () => {
    const { path, read, id } = await raise()
    await ai('PUT', path, { priority_level: 'HIGH' })
    await send(id)
    await ai('PUT', path, { priority_level: 'LOW' })
    assert.equal((await read()).priority, 2)
    await ai('PUT', path, { priority_level: 'CRITICAL' })
    assert.equal((await read()).priority, 1)
  })

  test('what several requests told at one instant, as the call knows it in the end', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { path, read, call_sid } = await raise()
      const tell = (at: number) => ({ location: `Pier ${at}`, latitude: 37 + at / 10, longitude: -122 })
      await Promise.all([1, 2, 3, 4, 5].map((at) => ai('PATCH', path, tell(at))))
      const { body: call } = await ai('GET', `/api/calls/${call_sid}/`)
      const now = await read()
      assert.deepEqual([now.location, now.latitude], [call.location, call.latitude])
    }
  })

  test('never less urgent where another is merged into it, or a unit was diverted away', async () => {
    const [grave, other] = [await raise(), await raise()]
    await ai('PUT', grave.path, { priority_level: 'CRITICAL' })
    await ai('PUT', other.path, { priority_level: 'MEDIUM' })
    await desk('POST', `/api/incidents/${grave.id}/merge/`, { into_id: other.id })
    await ai('PUT', other.path, { location: 'Pier 7', priority_level: 'MEDIUM' })
    assert.deepEqual([(await other.read()).priority, (await other.read()).location], [1, 'Pier 7'])
    const left = await raise()
    await ai('PUT', left.path, { priority_level: 'CRITICAL' })
    await send(left.id)
    const [{ id }] = (await left.read()).assignments
    const to = (await desk('POST', '/api/incidents/', { emergency_type: 'MEDICAL', priority: 1 })).body.id
    const reason = { incident_id: to, reason: 'graver' }
    assert.equal((await desk('POST', `/api/assignments/${id}/divert/`, reason)).status, 200)
    await ai('PUT', left.path, { priority_level: 'LOW' })
    assert.equal((await left.read()).priority, 1)
  })

  test('an incident raised by hand from a call begins with what the call knows, and follows it', async () => {
    const call_sid = `follow-${++serial}`
    const opening = { call_sid, caller_number: '+15550142', emergency_type: 'POLICE', ...place }
    const { body: call } = await ai('POST', '/api/calls/', opening)
    const raised = await desk('POST', '/api/incidents/', { emergency_type: 'POLICE', call_id: call.id })
    const read = async () => (await desk('GET', `/api/incidents/${raised.body.id}/`)).body
    assert.deepEqual([raised.status, (await read()).location], [201, place.location])
    await ai('PUT', `/api/calls/${call_sid}/`, { location: 'Hill Road 9', priority_level: 'HIGH' })
    const now = await read()
    assert.deepEqual([now.location, now.priority, now.emergency_type], ['Hill Road 9', 2, 'POLICE'])
  })

  test('what a person has set stays, the rest goes on following', async () => {
    const { path, read, id } = await raise()
    await desk('PATCH', `/api/incidents/${id}/`, { priority: 3, location: 'Pier 3' })
    await ai('PUT', path, { priority_level: 'CRITICAL', location: 'Pier 9', emergency_type: 'FIRE' })
    const now = await read()
    assert.deepEqual([now.priority, now.location, now.emergency_type], [3, 'Pier 3', 'FIRE'])
  })

  test('a person who confirms what is there has set it too', async () => {
    const { path, read, id } = await raise()
    await desk('PATCH', `/api/incidents/${id}/`, { priority: 2 })
    await ai('PUT', path, { priority_level: 'LOW' })
    assert.equal((await read()).priority, 2)
  })

  test('not when it has ended, nor when another call is linked to it', async () => {
    const ended = await raise()
    const body = { disposition: 'FALSE_ALARM' }
    assert.equal((await desk('POST', `/api/incidents/${ended.id}/cancel/`, body)).status, 200)
    await ai('PUT', ended.path, { priority_level: 'CRITICAL' })
    assert.equal((await ended.read()).priority, 2)
    const [first, second] = [await raise(), await raise()]
    await desk('POST', `/api/incidents/${second.id}/merge/`, { into_id: first.id })
    const { status, body: call } = await ai('PUT', second.path, { emergency_type: 'FIRE' })
    assert.deepEqual([status, call.incident_id], [200, first.id])
    assert.equal((await first.read()).emergency_type, 'MEDICAL')
  })

  test('changes from the AI and from a person at one instant: the person has the last word', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { path, read, id } = await raise()
      await Promise.all([
        ai('PUT', path, { priority_level: 'CRITICAL' }),
        desk('PATCH', `/api/incidents/${id}/`, { priority: 3 }),
        ai('PUT', path, { priority_level: 'HIGH' }),
      ])
      assert.equal((await read()).priority, 3)
    }
  })
})
