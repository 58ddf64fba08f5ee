import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { makeParamedic, makeUnits, signIn } from '../test/support/centre.ts'
import { createTestDatabase, type TestDatabase } from '../test/support/cluster.ts'
import type { Ask } from '../test/support/http.ts'
import { graphOf, placeAt, street, type Town } from '../test/support/roads.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { graphPath, writeGraph } from './graph-file.ts'
import { createPredictions } from './keep-predictions.ts'
import { openStreets } from './streets.ts'

/** A square of streets of 1 km, each 100 s with a siren; units at A, the incident at B. */
const town: Town = { A: [0, 0], B: [10, 0], C: [10, 10], D: [0, 10] }
const square = ['AB', 'BC', 'CD', 'DA'].map((id) => street(town, id.charAt(0), id.charAt(1), { id }))

let folder: string
let database: TestDatabase
let server: TestServer
let other: TestServer
let desk: Ask
let otherDesk: Ask
let chief: Ask
let crew: { id: number; ask: Ask }
let units: number[]
let incident: number

const sql = (text: string, values: unknown[] = []) => server.ctx.db.pool.query(text, values)
const plan = async (ask: Ask) => (await ask('GET', `/api/incidents/${incident}/recommendation/`)).body
const secondsOf = async (ask: Ask) => Math.round((await plan(ask)).picks[0].seconds)
const facts = async (type: string) =>
  (await sql('SELECT data FROM facts WHERE type = $1 ORDER BY id', [type])).rows.map((row) => row.data)
/** Until it is so, which nothing else tells of. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000
  while (!(await holds()) && Date.now() < end) await new Promise((next) => setTimeout(next, 20))
  assert.ok(await holds())
}
const hasRoads = (ask: Ask) => until(async () => (await ask('GET', '/api/drive-times/')).body.graph !== null)

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'toneout-roads-'))
  writeGraph(graphPath(folder), graphOf(square))
  database = await createTestDatabase()
  server = await startTestServer({ database, streetsFolder: folder })
  other = await startTestServer({ database, streetsFolder: folder })
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
  otherDesk = (await signIn(other, 'desk2', 'dispatcher')).ask
  chief = (await signIn(server, 'chief', 'supervisor')).ask
  crew = await signIn(server, 'crew', 'paramedic')
  await makeParamedic(server, crew.id, '2099-01-01')
  units = await makeUnits(server, 2)
  const at = placeAt(1, 0)
  const set = 'UPDATE units SET latitude = $1, longitude = $2, position_at = now()'
  await sql(set, [at.latitude, at.longitude])
  const opening = { emergency_type: 'CARDIAC', priority: 1, ...placeAt(10, 1) }
  incident = (await desk('POST', '/api/incidents/', opening)).body.id
  await hasRoads(chief)
  await hasRoads((await signIn(other, 'chief2', 'supervisor')).ask)
})
after(async () => {
  await server.close()
  await other.close()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

test('the plan is by road, and says so', async () => {
  const { picks, hospitals } = await plan(desk)
  assert.deepEqual([Math.round(picks[0].seconds), Math.round(picks[0].metres)], [100, 1_000])
  assert.equal(picks[0].source, 'graph')
  assert.match(picks[0].reason, /fastest ALS by road/)
  assert.deepEqual(hospitals, [])
})

test('where drive times come from', async () => {
  const { status, body } = await chief('GET', '/api/drive-times/')
  assert.equal(status, 200)
  const { loaded_at: _, ...graph } = body.graph
  assert.deepEqual(
    { ...body, graph },
    {
      ...{ source: 'graph', graph_problem: null, router: null, closures: 0, fits: [] },
      drive_slowdowns: Array(24).fill(1),
      graph: {
        ...{ made_at: '2026-11-21T07:00:00.000Z', sources: ['made'], attribution: ['us'] },
        ...{ segments: 4, nodes: 4, core_segments: 4, core_nodes: 4 },
      },
    },
  )
})

test('a slow hour makes drives longer', async () => {
  const admin = (await signIn(server, 'boss', 'admin')).ask
  const set = (drive_slowdowns: number[]) => admin('PATCH', '/api/settings/', { drive_slowdowns })
  assert.equal((await set([1])).status, 400)
  assert.equal((await set(Array(24).fill(9))).status, 400)
  assert.equal((await set(Array(24).fill(1.5))).status, 200)
  assert.equal(await secondsOf(desk), 150)
  await set(Array(24).fill(1))
  assert.equal(await secondsOf(desk), 100)
})

describe('closures', () => {
  test('are driven around at once, on every process, until they are lifted', async () => {
    const set = await desk('POST', '/api/closures/', { ...placeAt(5, 0.2), reason: 'Burst main' })
    assert.equal(set.status, 201, JSON.stringify(set.body))
    assert.deepEqual(
      [set.body.segment_id, set.body.street, set.body.until, set.body.set_by],
      ['AB', 'AB Street', null, 'desk'],
    )
    // The unit stands on the closed street, 100 m from A; from there it is the long way round.
    assert.equal(await secondsOf(desk), 300)
    await until(async () => (await secondsOf(otherDesk)) === 300)
    const { results } = (await otherDesk('GET', '/api/closures/')).body
    assert.deepEqual(results, [set.body])
    const lifted = await otherDesk('DELETE', `/api/closures/${set.body.id}/`)
    assert.equal(lifted.status, 200)
    assert.equal(await secondsOf(otherDesk), 100)
    await until(async () => (await secondsOf(desk)) === 100)
    assert.equal((await desk('DELETE', `/api/closures/${set.body.id}/`)).status, 404)
    const told = { closure_id: set.body.id, segment_id: 'AB', street: 'AB Street', reason: 'Burst main' }
    assert.deepEqual(await facts('closure_set'), [{ ...told, until: null }])
    assert.deepEqual(await facts('closure_lifted'), [told])
  })

  test('by the name of the piece; until a time', async () => {
    const soon = new Date(Date.now() + 3_600_000).toISOString()
    const body = { segment_id: 'BC', reason: 'March', until: soon }
    const set = await desk('POST', '/api/closures/', body)
    assert.deepEqual([set.status, set.body.street, set.body.until], [201, 'BC Street', soon])
    await sql("UPDATE closures SET until = now() - interval '1 s' WHERE id = $1", [set.body.id])
    assert.deepEqual((await desk('GET', '/api/closures/')).body.results, [])
    assert.equal((await desk('DELETE', `/api/closures/${set.body.id}/`)).status, 404)
  })

  const bad: [name: string, body: object, field: string][] = [
    ['nothing to close', { reason: 'x' }, 'segment_id'],
    ['both ways to name it', { ...placeAt(5, 0), segment_id: 'AB', reason: 'x' }, 'segment_id'],
    ['half a point', { latitude: 1, reason: 'x' }, 'longitude'],
    ['no reason', { segment_id: 'AB' }, 'reason'],
    ['a piece that is none', { segment_id: 'ZZ', reason: 'x' }, 'segment_id'],
    ['far from every street', { latitude: 80, longitude: 80, reason: 'x' }, 'latitude'],
    ['until the past', { segment_id: 'AB', reason: 'x', until: '2020-01-01T00:00:00Z' }, 'until'],
  ]
  for (const [name, body, field] of bad) {
    test(`refused: ${name}`, async () => {
      const reply = await desk('POST', '/api/closures/', body)
      assert.equal(reply.status, 400, JSON.stringify(reply.body))
      assert.ok(reply.body[field], JSON.stringify(reply.body))
    })
  }

  test('no more than 500 hold at once, also when many are set at the same time', async () => {
    await sql(`INSERT INTO closures (latitude, longitude, segment_id, street, reason, set_at, set_by)
      SELECT 0, 0, 'XX', '', 'fill', now(), 'test' FROM generate_series(1, 498)`)
    const sets = Array.from({ length: 6 }, () =>
      desk('POST', '/api/closures/', { segment_id: 'CD', reason: 'x' }),
    )
    const statuses = (await Promise.all(sets)).map(({ status }) => status)
    assert.deepEqual(statuses.sort(), [201, 201, 409, 409, 409, 409])
    await sql("UPDATE closures SET lifted_at = now(), lifted_by = 'test' WHERE lifted_at IS NULL")
    await sql("SELECT pg_notify('streets', '')")
    await until(async () => (await chief('GET', '/api/drive-times/')).body.closures === 0)
  })
})

describe('the way of a unit', () => {
  const way = (ask: Ask, unit = units[0]) => ask('GET', `/api/incidents/${incident}/route/?unit_id=${unit}`)
  test('as a line along the streets, to dispatchers', async () => {
    const { status, body } = await way(desk)
    assert.equal(status, 200, JSON.stringify(body))
    assert.deepEqual([Math.round(body.seconds), Math.round(body.metres), body.source], [100, 1_000, 'graph'])
    assert.equal(body.geometry.type, 'LineString')
    const steps = body.geometry.coordinates.map((one: number[]) => one.map((x) => Math.round(x / 0.0008993)))
    assert.deepEqual(steps, [
      [1, 0],
      [10, 0],
      [10, 1],
    ])
  })
  test('to a crew its own, while it is bound there', async () => {
    assert.equal((await way(crew.ask)).status, 404)
    const order = { order_id: 'way', unit_ids: [units[0]], paramedic_ids: [crew.id] }
    assert.equal((await desk('POST', `/api/incidents/${incident}/assignments/`, order)).status, 200)
    assert.equal((await way(crew.ask)).status, 200)
    assert.equal((await way(crew.ask, units[1])).status, 404)
  })
  test('none where a place is not known', async () => {
    await sql('UPDATE units SET latitude = NULL, longitude = NULL, position_at = NULL WHERE id = $1', [
      units[1],
    ])
    const reply = await way(desk, units[1])
    assert.deepEqual([reply.status, reply.body.code], [409, 'no_position'])
    assert.equal((await way(desk, 999_999)).status, 404)
    assert.equal((await desk('GET', `/api/incidents/${incident}/route/`)).status, 400)
  })
})

test('what a drive should take is written down once for each assignment', async () => {
  const streets = openStreets(server.ctx, folder)
  await streets.start()
  await until(async () => streets.show().graph !== null)
  const keep = createPredictions(server.ctx, streets)
  try {
    await keep()
    await keep()
  } finally {
    await streets.close()
  }
  const { rows } = await sql('SELECT source, priority, round(seconds) AS seconds FROM drive_predictions')
  assert.deepEqual(rows, [{ source: 'graph', priority: 1, seconds: 100 }])
})

test('roads imported anew are used; a file that is spoiled is told of, and drives go on', async () => {
  const fast = square.map((one) => ({ ...one, speed_kmh: 72 }))
  writeGraph(graphPath(folder), graphOf(fast))
  await sql("SELECT pg_notify('streets', '')")
  const way = async () => (await desk('GET', `/api/incidents/${incident}/route/?unit_id=${units[0]}`)).body
  await until(async () => Math.round((await way()).seconds) === 50)
  writeFileSync(graphPath(folder), 'spoiled')
  await sql("SELECT pg_notify('streets', '')")
  const shown = async () => (await chief('GET', '/api/drive-times/')).body
  await until(async () => (await shown()).graph_problem !== null)
  assert.match((await shown()).graph_problem, /is no file of roads/)
  assert.equal(Math.round((await way()).seconds), 50)
  const late = await startTestServer({ database, streetsFolder: folder })
  try {
    const reply = await signIn(late, 'late', 'dispatcher')
    const { body } = await reply.ask('GET', `/api/incidents/${incident}/route/?unit_id=${units[0]}`)
    assert.deepEqual([body.source, body.geometry.coordinates.length], ['crow', 2])
    const refused = await reply.ask('POST', '/api/closures/', { ...placeAt(5, 0), reason: 'x' })
    assert.deepEqual([refused.status, refused.body.code], [409, 'no_streets'])
    assert.ok(late.logged.some((line) => line.includes('is no file of roads')))
  } finally {
    await late.close()
  }
})
