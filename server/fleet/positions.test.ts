import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { makeUnits, signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { makeKey, startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let gateway: Ask
let keeper: Ask
let made = 0
/** The server's clock, so that a position can be told from one of the future. */
const now = new Date('2026-11-21T07:00:00.000Z')
const before_ = (seconds: number) => new Date(now.getTime() - seconds * 1_000).toISOString()

before(async () => {
  server = await startTestServer({ now: () => now })
  gateway = withKey(server.baseUrl, await makeKey(server.ctx, 'unit_gateway'))
  keeper = withKey(server.baseUrl, server.readerKey)
})
after(() => server.close())

const units = (count: number) => makeUnits(server, count, `P${++made}-`)
const stored = async (id: number) => {
  const { body } = await keeper('GET', `/api/units/${id}/`)
  return [body.latitude, body.longitude, body.position_at]
}

describe('one position', () => {
  test('is written, and an older one is ignored', async () => {
    const [id] = (await units(1)) as [number]
    const path = `/api/units/${id}/position/`
    const first = await gateway('POST', path, { latitude: 37.7749295, longitude: -122.4194155 })
    assert.equal(first.status, 200)
    const expected = { latitude: 37.7749295, longitude: -122.4194155, position_at: now.toISOString() }
    assert.deepEqual(first.body, { id, unit_number: `P${made}-1`, ...expected })
    const older = await gateway('POST', path, { latitude: 1, longitude: 1, at: before_(1) })
    assert.deepEqual([older.status, older.body], [200, first.body])
    const same = await gateway('POST', path, { latitude: 2, longitude: -0, at: '2026-11-21T08:00:00+01:00' })
    assert.deepEqual([same.body.latitude, same.body.longitude], [2, 0])
    assert.deepEqual(await stored(id), [2, 0, now.toISOString()])
  })

  test('may be ahead by five seconds, not by more', async () => {
    const [id] = (await units(1)) as [number]
    const path = `/api/units/${id}/position/`
    const place = { latitude: 1, longitude: 1 }
    const late = await gateway('POST', path, { ...place, at: before_(-5.001) })
    assert.deepEqual([late.status, late.body.at], [400, ['Must not be in the future.']])
    assert.equal((await gateway('POST', path, { ...place, at: before_(-5) })).status, 200)
  })

  test('that is none is refused with all faults', async () => {
    const [id] = (await units(1)) as [number]
    const bad = { latitude: 90.1, at: 'yesterday', speed: 3 }
    const { status, body } = await gateway('POST', `/api/units/${id}/position/`, bad)
    const { code: _, detail: __, ...fields } = body
    assert.deepEqual([status, Object.keys(fields).sort()], [400, ['at', 'latitude', 'longitude', 'speed']])
  })
})

describe('a batch', () => {
  const send = (positions: unknown) => gateway('POST', '/api/positions/', { positions })

  test('writes what it can and tells of the rest', async () => {
    const [a, b, c] = (await units(3)) as [number, number, number]
    const place = { latitude: 5, longitude: 6 }
    await gateway('POST', `/api/units/${b}/position/`, { ...place, at: before_(10) })
    const { status, body } = await send([
      { id: a, ...place, at: before_(3) },
      { id: a, latitude: 7, longitude: 8, at: before_(2) },
      { unit_number: `P${made}-1`, ...place, at: before_(4) },
      { unit_number: `P${made}-2`, latitude: 9, longitude: 9, at: before_(11) },
      { id: c, ...place, at: before_(-6) },
      { unit_number: 'NOBODY', ...place },
      { id: 999_999, ...place },
    ])
    assert.equal(status, 200)
    assert.deepEqual(body, {
      written: 1,
      outdated: 3,
      unknown: [
        { id: null, unit_number: 'NOBODY' },
        { id: 999_999, unit_number: null },
      ],
      in_future: [{ id: c, unit_number: null }],
    })
    assert.deepEqual(await stored(a), [7, 8, before_(2)])
    assert.deepEqual(await stored(b), [5, 6, before_(10)])
    assert.deepEqual(await stored(c), [null, null, null])
  })

  test('of 500 is taken, of 501 or none refused', async () => {
    const ids = await units(500)
    const positions = ids.map((id, at) => ({ id, latitude: at / 10, longitude: -at / 10 }))
    assert.equal((await send(positions)).body.written, 500)
    assert.deepEqual(await stored(ids[499] as number), [49.9, -49.9, now.toISOString()])
    for (const bad of [[...positions, positions[0]], [], 'x', undefined, null]) {
      const { status, body } = await send(bad)
      assert.deepEqual([status, body.positions?.length], [400, 1])
    }
  })

  test('with faults says which entry, and writes nothing', async () => {
    const [id] = (await units(1)) as [number]
    const { status, body } = await send([
      { id, latitude: 1, longitude: 1 },
      { id, unit_number: 'M1', latitude: 'north', longitude: 1 },
      { latitude: 1, longitude: 1, colour: 'red' },
      7,
    ])
    assert.equal(status, 400)
    assert.deepEqual(body.positions.sort(), [
      '[1].id: Give either id or unit_number.',
      '[1].latitude: Must be a number from -90 to 90.',
      '[2].colour: Unknown field.',
      '[2].id: Give either id or unit_number.',
      '[3]: Must be a JSON object.',
    ])
    assert.deepEqual(await stored(id), [null, null, null])
  })

  test('many at the same instant in any order: the newest position of each unit is there', async () => {
    const ids = await units(60)
    const batches = Array.from({ length: 24 }, (_, at) => {
      const positions = ids.map((id) => ({ id, latitude: at, longitude: at, at: before_(100 - at) }))
      return at % 2 ? positions.reverse() : positions
    })
    const answers = await Promise.all(batches.map(send))
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
    for (const id of ids) assert.deepEqual(await stored(id), [23, 23, before_(77)])
  })
})

test('positions are no facts; a unit that is on its way reports too', async () => {
  const { rows } = await server.ctx.db.pool.query('SELECT count(*) AS n FROM facts')
  assert.equal(Number(rows[0].n), 0)
})

test('gateways, dispatchers and supervisors report; others do not', async () => {
  const [id] = (await units(1)) as [number]
  const place = { latitude: 1, longitude: 1 }
  const asks: [Ask, number][] = [
    [(await signIn(server, 'd', 'dispatcher')).ask, 200],
    [(await signIn(server, 's', 'supervisor')).ask, 200],
    [(await signIn(server, 'a', 'admin')).ask, 403],
    [keeper, 403],
    [withKey(server.baseUrl, server.key), 403],
  ]
  for (const [ask, expected] of asks) {
    assert.equal((await ask('POST', `/api/units/${id}/position/`, place)).status, expected)
    assert.equal((await ask('POST', '/api/positions/', { positions: [{ id, ...place }] })).status, expected)
  }
  assert.equal((await gateway('GET', '/api/units/')).status, 403)
})
