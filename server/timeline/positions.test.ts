import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type MovedUnits, movedUnits } from '@toneout/contract/model/fact.ts'
import { until } from '../lib/embedded-postgres/processes.ts'
import { makeUnits } from '../test/support/centre.ts'
import { createTestDatabase, type TestDatabase } from '../test/support/cluster.ts'
import { type EventStream, openStream } from '../test/support/event-stream.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { makeKey, startTestServer, type TestServer } from '../test/support/test-server.ts'
import { sendPositions, type Viewer } from './positions.ts'

describe('positions on the live stream', { timeout: 400_000 }, () => {
  let database: TestDatabase
  let servers: [TestServer, TestServer]
  let gateway: Ask
  let units: number[]
  const streams: EventStream[] = []

  before(async () => {
    database = await createTestDatabase()
    servers = [await startTestServer({ database }), await startTestServer({ database })]
    gateway = withKey(servers[1].baseUrl, await makeKey(servers[1].ctx, 'unit_gateway'))
    units = await makeUnits(servers[0], 9)
  })
  after(async () => {
    for (const stream of streams) stream.close()
    for (const server of servers) await server.close()
    await database.drop()
  })

  const listen = async (server: TestServer) => {
    const stream = await openStream(server.baseUrl, { 'x-api-key': server.readerKey })
    streams.push(stream)
    await stream.take('hello')
    return stream
  }
  const report = async (ids: number[], latitude: number) => {
    const positions = ids.map((id) => ({ id, latitude, longitude: 5 }))
    assert.equal((await gateway('POST', '/api/positions/', { positions })).body.written, ids.length)
  }
  const moved = ({ events }: EventStream) =>
    events.flatMap(({ event, data }) => (event === 'positions' ? (data as MovedUnits).units : []))
  const comes = async (stream: EventStream, id: number) =>
    assert.ok(await until(() => moved(stream).some((unit) => unit.id === id) || stream.isOver(), 60_000))

  test('come to the readers of every process, once, without an id and without a fact', async () => {
    const [one, two, three, four] = units as [number, number, number, number]
    const newest = async () =>
      (await servers[0].ctx.db.pool.query('SELECT max(id) AS id FROM facts')).rows[0].id
    const from = await newest()
    await report([one], 1)
    const readers = [await listen(servers[0]), await listen(servers[1])]
    await report([two, three], 2)
    for (const reader of readers) await comes(reader, two)
    const late = await listen(servers[0])
    await report([four], 3)
    for (const reader of [...readers, late]) await comes(reader, four)
    const read = withKey(servers[0].baseUrl, servers[0].readerKey)
    const told = async (id: number) => {
      const { latitude, longitude, position_at } = (await read('GET', `/api/units/${id}/`)).body
      return { id, latitude, longitude, position_at }
    }
    for (const reader of readers) {
      // The move from just before may come too, while any transaction from then is under way in the cluster.
      const since = moved(reader).filter(({ id }) => id !== one)
      assert.deepEqual(since, [await told(two), await told(three), await told(four)])
      for (const { event, id, data } of reader.events) {
        if (event === 'positions') assert.deepEqual([id, movedUnits.parse(data)], [undefined, data])
      }
    }
    assert.deepEqual(moved(late), [await told(four)])
    assert.equal(await newest(), from)
  })

  test('come again after the last reader has left and another came', async () => {
    for (const stream of streams.splice(0)) stream.close()
    const count = async () => {
      const text = await (await fetch(`${servers[0].baseUrl}/metrics`)).text()
      return Number(/^toneout_streams (\d+)/m.exec(text)?.[1])
    }
    for (let tries = 0; tries < 5_000 && (await count()) > 0; tries += 1);
    assert.equal(await count(), 0)
    await report(units.slice(4, 6), 4)
    const stream = await listen(servers[0])
    await report(units.slice(6, 7), 5)
    await comes(stream, units[6] as number)
  })

  test('a viewer that is busy gets the last place of each unit later', async () => {
    const got: { busy: string[]; free: string[] } = { busy: [], free: [] }
    let isBusy = true
    const viewer = (name: 'busy' | 'free', seen: number): Viewer => ({
      seen,
      offer: (bytes) => {
        if (name === 'busy' && isBusy) return false
        got[name].push(bytes.toString())
        return true
      },
    })
    const viewers = new Set<Viewer>()
    const sending = sendPositions(servers[0].ctx, viewers, () => true)
    const seen = await sending.begin()
    const [busy, free] = [viewer('busy', seen), viewer('free', seen)]
    viewers.add(busy).add(free)
    const [unit, other] = units.slice(7) as [number, number]
    for (const latitude of [20, 21]) {
      await report(latitude === 20 ? [unit, other] : [unit], latitude)
      const shown = `"latitude":${latitude},`
      assert.ok(await until(() => got.free.some((text) => text.includes(shown)), 60_000))
    }
    isBusy = false
    assert.ok(await until(() => got.busy.length > 0, 60_000))
    sending.stop()
    const [text] = got.busy as [string]
    const { units: sent } = JSON.parse(text.slice(text.indexOf('{'))) as MovedUnits
    // Moves of the tests before may still come.
    const own = sent.filter(({ id }) => id === unit || id === other)
    const places = own.map(({ id, latitude }) => [id, latitude])
    assert.deepEqual(places, [
      [other, 20],
      [unit, 21],
    ])
  })
})
