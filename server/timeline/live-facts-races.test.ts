import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { LiveFact } from '@toneout/contract/model/fact.ts'
import { incident } from '@toneout/contract/model/incident.ts'
import { until } from '../lib/embedded-postgres/processes.ts'
import { makeHospital, makeIncidents, makeUnits, signIn } from '../test/support/centre.ts'
import { createTestDatabase, type TestDatabase } from '../test/support/cluster.ts'
import { type EventStream, openStream } from '../test/support/event-stream.ts'
import type { Ask } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

const range = (count: number) => Array.from({ length: count }, (_, at) => at)
const kinds = ['incident', 'unit', 'assignment', 'hospital'] as const

let database: TestDatabase
let servers: [TestServer, TestServer]
let desks: [Ask, Ask]
const streams: EventStream[] = []

before(async () => {
  database = await createTestDatabase()
  servers = [await startTestServer({ database }), await startTestServer({ database })]
  desks = [
    (await signIn(servers[0], 'first', 'dispatcher')).ask,
    (await signIn(servers[1], 'second', 'dispatcher')).ask,
  ]
})
after(async () => {
  for (const stream of streams) stream.close()
  for (const server of servers) await server.close()
  await database.drop()
})

const listen = async (at: number, query = '') => {
  const { baseUrl, readerKey } = servers[at % 2] as TestServer
  const stream = await openStream(baseUrl, { 'x-api-key': readerKey }, `/api/stream/${query}`)
  streams.push(stream)
  await stream.take('hello')
  return stream
}

/** A unit goes out and comes back, again and again; other desks do the same with other units. */
async function work(desk: Ask, unit: number, incidents: readonly number[], hospital: number) {
  for (const [turn, incident] of incidents.entries()) {
    const order = { order_id: `${unit}-${turn}`, unit_ids: [unit], hospital_id: hospital }
    const sent = await desk('POST', `/api/incidents/${incident}/assignments/`, order)
    assert.equal(sent.status, 200, JSON.stringify(sent.body))
    const path = `/api/assignments/${sent.body.assignments[0].id}/`
    for (const step of ['en-route', 'on-scene', 'transport', 'clear']) {
      assert.equal((await desk('POST', `${path}${step}/`, {})).status, 200)
    }
  }
}

const rowsSeen = (stream: EventStream) => {
  const rows = new Map<string, unknown>()
  for (const { event, data } of stream.events) {
    for (const kind of kinds) {
      const row = event === 'fact' ? (data as LiveFact)[kind] : null
      if (row) rows.set(`${kind} ${row.id}`, row)
    }
  }
  return rows
}

test('desks of two processes race; whoever follows or joins late ends with every row as it is', {
  timeout: 400_000,
}, async () => {
  const units = await makeUnits(servers[0], 8)
  const incidents = await makeIncidents(servers[0], 4)
  const hospital = await makeHospital(servers[0], 'General')
  await Promise.all([listen(0), listen(1)])
  const turns = (at: number) => range(5).map((turn) => incidents[(at + turn) % 4] as number)
  const working = Promise.all(units.map((unit, at) => work(desks[at % 2] as Ask, unit, turns(at), hospital)))
  // These replay what has happened while it goes on happening.
  for (const at of range(12)) {
    await streams[0]?.take('fact', 15 * (at + 1))
    await listen(at, '?after=0')
  }
  await working
  const { rows } = await servers[0].ctx.db.pool.query('SELECT max(id) AS id FROM facts')
  const [desk] = desks
  const known = new Map<string, unknown>()
  for (const id of units) known.set(`unit ${id}`, (await desk('GET', `/api/units/${id}/`)).body)
  for (const id of incidents) {
    const { assignments, ...rest } = (await desk('GET', `/api/incidents/${id}/`)).body
    known.set(`incident ${id}`, incident.parse(rest))
    for (const one of assignments) known.set(`assignment ${one.id}`, one)
  }
  known.set(`hospital ${hospital}`, (await desk('GET', `/api/hospitals/${hospital}/`)).body)
  for (const stream of streams) {
    assert.ok(await until(() => stream.facts().at(-1) === rows[0].id || stream.isOver(), 120_000))
    const seen = rowsSeen(stream)
    assert.equal(seen.size, known.size)
    for (const [name, row] of known) assert.deepEqual(seen.get(name), row, name)
  }
})
