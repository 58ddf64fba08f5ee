import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { makeHospital, signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let ask: Ask
let hospital: number

/** 1 July 2025, 08:00 and so many minutes, UTC. */
const at = (minutes: number) => new Date(Date.UTC(2025, 6, 1, 8) + minutes * 60_000).toISOString()
const sql = async (text: string, values: unknown[]) => (await server.ctx.db.pool.query(text, values)).rows

async function incident(number: number, minutes: number, priority = 1): Promise<number> {
  const text = `INSERT INTO incidents (incident_number, status, priority, emergency_type, received_at,
      closed_at, disposition, updated_at)
    VALUES ($1, 'CLOSED', $2, 'CARDIAC', $3, $4, 'EVALUATED_ONLY', $4) RETURNING id`
  return (await sql(text, [`I-${number}`, priority, at(minutes), at(minutes + 60)]))[0].id
}

async function unit(number: string, added: number): Promise<number> {
  const text = 'INSERT INTO units (unit_number, unit_type, updated_at) VALUES ($1, $2, $3) RETURNING id'
  const { id } = (await sql(text, [number, 'ADVANCED', at(added)]))[0]
  await fact(added, 'unit_changed', { action: 'created' }, id)
  return id
}

const fact = (minutes: number, type: string, data: object, unitId: number | null = null, callId?: number) =>
  sql(
    `INSERT INTO facts (at, type, actor_kind, actor_name, unit_id, call_id, data)
      VALUES ($1, $2, 'system', 'system', $3, $4, $5)`,
    [at(minutes), type, unitId, callId ?? null, JSON.stringify(data)],
  )

type Times = { sent: number; there: number; left?: number; arrived?: number; free: number }
const run = (incidentId: number, unitId: number, { sent, there, left, arrived, free }: Times) =>
  sql(
    `INSERT INTO assignments (incident_id, unit_id, hospital_id, status, assigned_at, en_route_at,
        on_scene_at, transporting_at, at_hospital_at, cleared_at)
      VALUES ($1, $2, $3, 'CLEARED', $4, $5, $6, $7, $8, $9) RETURNING id`,
    [
      ...[incidentId, unitId, left === undefined ? null : hospital, at(sent), at(sent + 1), at(there)],
      ...[left, arrived].map((time) => (time === undefined ? null : at(time))),
      at(free),
    ],
  )

async function call(sid: string, minutes: number, by: string | null, more: { lost?: boolean } = {}) {
  const text = `INSERT INTO calls (call_sid, created_at, answered_at, answered_by, lost_contact, status,
      updated_at)
    VALUES ($1, $2, $3, $4, $5, 'ACTIVE', $2) RETURNING id`
  const answered = by === null ? null : new Date(Date.parse(at(minutes)) + 10_400).toISOString()
  return Number((await sql(text, [sid, at(minutes), answered, by, more.lost ?? false]))[0].id)
}

before(async () => {
  server = await startTestServer()
  ask = (await signIn(server, 'measures', 'supervisor')).ask
  hospital = await makeHospital(server, 'General')
  const [m1, m2] = [await unit('M1', 0), await unit('M2', 0)]
  // M2 goes off duty at 11:00.
  await fact(180, 'unit_duty_changed', { from: 'AVAILABLE', to: 'OFF_DUTY' }, m2)
  await sql(`UPDATE units SET duty = 'OFF_DUTY' WHERE id = $1`, [m2])
  const [first, second] = [await incident(1, 60), await incident(2, 65, 2)]
  await run(first, m1, { sent: 62, there: 70, left: 80, arrived: 90, free: 120 })
  const [{ id }] = await run(second, m2, { sent: 75, there: 90, free: 100 })
  // It was there at 09:25: a correction counts.
  await sql('UPDATE assignments SET corrections = $2 WHERE id = $1', [id, { on_scene_at: at(85) }])
  await fact(60, 'hospital_changed', {
    hospital_id: hospital,
    changes: { diversion: { from: 'OPEN', to: 'CLOSED' } },
  })
  await fact(90, 'hospital_changed', {
    hospital_id: hospital,
    changes: { diversion: { from: 'CLOSED', to: 'OPEN' } },
  })
  const told = await call('CA-1', 60, 'AI')
  await fact(60.5, 'call_updated', { changes: { location: { from: '', to: '7 Quay' } } }, null, told)
  await fact(62, 'finding_confirmed', { field: 'access', changed: true }, null, told)
  await call('CA-2', 61, 'AI_THEN_HUMAN', { lost: true })
  await call('CA-3', 62, 'HUMAN')
  await call('CA-4', 30, null)
})
after(() => server?.close())

async function read(panel: string, more: Record<string, string> = {}) {
  const words = new URLSearchParams({ from: at(0), to: at(240), ...more })
  const { status, body } = await ask('GET', `/api/analytics/${panel}/?${words}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

describe('figures', () => {
  test('of intervals follow corrections, groups and filters', async () => {
    const { results } = await read('intervals', { by: 'PRIORITY' })
    const of = (group: string, name: string) =>
      results.find((one: { group: string; name: string }) => one.group === group && one.name === name)
    assert.equal(of('1', 'total_response').p50, 600)
    assert.equal(of('2', 'total_response').p50, 1_200)
    assert.equal(of('2', 'response').p50, 600)
    assert.deepEqual(of('1', 'wall_time').clock_starts, [{ start: 'at_hospital_at', n: 1 }])
    assert.equal(of('1', 'total_response').share_within, 0)
    const none = await read('intervals', { shift: '10-12', by: 'PRIORITY' })
    assert.deepEqual(none.results, [])
  })

  test('of the answer are by call, rounded up to whole seconds', async () => {
    const { results } = await read('intervals')
    const answer = results.find((one: { name: string }) => one.name === 'answer')
    assert.deepEqual([answer.n, answer.p50, answer.share_within], [3, 11, 1])
  })

  test('of units: hours on duty and on runs, and minutes without a free unit', async () => {
    const found = await read('units')
    const of = (number: string) =>
      found.units.find((one: { unit_number: string }) => one.unit_number === number)
    const { busy_s, to_scene_s, on_scene_s, transport_s, at_hospital_s, staffed_s, uhu } = of('M1')
    assert.deepEqual(
      [busy_s, to_scene_s, on_scene_s, transport_s, at_hospital_s].map((s) => s / 60),
      [58, 8, 10, 10, 30],
    )
    assert.deepEqual([staffed_s / 60, uhu], [240, 58 / 240])
    assert.equal(of('M2').staffed_s / 60, 180)
    // Both were out from 09:15 to 09:40; M2 was off duty later, but M1 was free by then.
    assert.equal(found.level_zero_s / 60, 25)
    assert.equal(found.busy_most, 2)
    assert.equal(found.uhu, 83 / 420)
  })

  test('of hospitals: arrivals, wall time and how long they were closed', async () => {
    const { results } = await read('hospitals')
    assert.deepEqual(results, [
      {
        ...{ hospital_id: hospital, name: 'General', arrivals: 1, n: 1, excluded: 0, p50: 1_800, p90: 1_800 },
        ...{ inbound: 0, closed_s: 1_800, advisory_s: 0 },
      },
    ])
  })

  test('of the queue: who waited, hour by hour', async () => {
    const { step_s, results } = await read('queue')
    assert.equal(step_s, 3_600)
    assert.deepEqual(
      results.map((one: { at: string; mean: number; most: number }) => [one.at, one.mean, one.most]),
      [
        [at(0), 0, 0],
        [at(60), 12 / 60, 1],
        [at(120), 0, 0],
        [at(180), 0, 0],
      ],
    )
  })

  test('of the AI', async () => {
    const { share_ai_alone, ...found } = await read('ai')
    assert.equal(share_ai_alone, 1 / 3)
    assert.deepEqual(found, {
      ...{ calls: 4, answered: 3, ai_alone: 1, handed_over: 1, person_alone: 1, lost_contact: 1 },
      time_to_location: { n: 1, p50: 30, p90: 30 },
      fields: [{ field: 'access', confirmed: 0, corrected: 1 }],
    })
  })

  test('of the period before are beside those of the period', async () => {
    const { now, previous } = await read('summary', { from: at(61), to: at(122) })
    assert.deepEqual([now.incidents, now.calls], [1, 2])
    assert.deepEqual([previous.from, previous.to], [at(0), at(61)])
    assert.deepEqual([previous.incidents, previous.calls], [1, 2])
  })
})

const wrong: [Record<string, string>, string][] = [
  [{ from: '' }, 'from'],
  [{ to: at(-1) }, 'to'],
  [{ to: '2040-01-01T00:00:00Z' }, 'to'],
  [{ zone: 'Nowhere/Town' }, 'zone'],
  [{ shift: '7-25' }, 'shift'],
  [{ area: '1,2,3' }, 'area'],
  [{ priority: '5' }, 'priority'],
]
for (const [query, field] of wrong) {
  test(`${JSON.stringify(query)} is refused`, async () => {
    const words = new URLSearchParams({ from: at(0), to: at(240), ...query })
    const { status, body } = await ask('GET', `/api/analytics/intervals/?${words}`)
    assert.equal(status, 400)
    assert.ok(body[field], JSON.stringify(body))
  })
}

test('an area is asked for by its edges', async () => {
  assert.deepEqual((await read('volumes', { area: '37,-123,38,-122' })).mix, [])
})
