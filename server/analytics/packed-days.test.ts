import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Figure } from '@toneout/contract/model/analytics.ts'
import { defaultTargets } from '@toneout/contract/model/targets.ts'
import { transaction } from '../lib/db.ts'
import { makeUnits, signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import { createRandom, seedHistory } from '../test/support/random-history.ts'
import { type RawQuery, rawFigures, readHistory } from '../test/support/raw-figures.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { createDays } from './days.ts'
import { packDays } from './pack-days.ts'

let server: TestServer
let ask: Ask
let units: number[]
const random = createRandom(20_261_121)
const sql = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows
const begin = Date.UTC(2025, 9, 24)
const instant = (hours: number) => new Date(begin + hours * 3_600_000).toISOString()

before(async () => {
  server = await startTestServer()
  ask = (await signIn(server, 'measures', 'analyst')).ask
  units = [...(await makeUnits(server, 6, 'PA')), ...(await makeUnits(server, 3, 'PF', 'FIRE'))]
  await sql(
    `INSERT INTO stations (id, name, latitude, longitude, updated_at)
      VALUES (1, 'A', 48, 16, $1), (2, 'B', 48, 16, $1)`,
    [instant(0)],
  )
  await sql('UPDATE units SET station_id = 1 + id % 2 WHERE id = ANY($1)', [units.slice(0, 7)])
  await seedHistory(sql, { random, units, begin, days: 6, incidents: 400 })
  // The server may have packed a day while it was filled, and no fact tells it of what came later.
  await transaction(server.ctx.db, async (connection) => {
    await connection.query('SELECT FROM figure_cursor FOR UPDATE')
    await connection.query('DELETE FROM figure_days')
  })
})
after(() => server?.close())

const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T
const maybe = <T>(all: readonly T[]): T | undefined => (random() < 0.6 ? undefined : pick(all))

/** A question with some filters, over some part of the days; the clocks change in it in two of the zones. */
function question(): RawQuery {
  const from = Math.floor(random() * 100) / 2
  return {
    from: instant(from),
    to: instant(from + 1 + Math.floor(random() * 120)),
    zone: pick(['UTC', 'Europe/Vienna', 'America/New_York', 'Asia/Kathmandu']),
    priority: maybe([1, 2, 3, 4]),
    emergency_type: maybe(['CARDIAC', 'FIRE']),
    station_id: maybe([1, 2]),
    shift: maybe(['7-19', '19-7', '22-6']),
    area: maybe(['47.9,16.2,48.2,16.5', '48.0,16.0,48.1,16.9']),
    units: maybe(['AMBULANCES', 'OTHERS']),
    by: pick(['ALL', 'PRIORITY', 'EMERGENCY_TYPE', 'STATION', 'SHIFT', 'DAY']),
  }
}

async function asked(query: RawQuery): Promise<Figure[]> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  const words = new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
  const { status, body } = await ask('GET', `/api/analytics/intervals/?${words}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body.results
}

async function compare(questions: readonly RawQuery[]): Promise<void> {
  const history = await readHistory(sql)
  let values = 0
  for (const query of questions) {
    const expected = rawFigures(history, query, defaultTargets)
    assert.deepEqual(await asked(query), expected, JSON.stringify(query))
    values += expected.reduce((sum, { n }) => sum + n, 0)
  }
  assert.ok(values > 1_000, `${values} values were compared`)
}

const correct = (id: number, at: string, fact: number | null) =>
  sql(
    `WITH a AS (UPDATE assignments SET corrections = jsonb_build_object('on_scene_at', $2::text)
        WHERE id = $1 RETURNING incident_id)
      INSERT INTO facts (at, type, actor_kind, actor_name, incident_id, data)
        SELECT $2::text::timestamptz, 'correction_made', 'system', 'system', incident_id, '{}' FROM a
        WHERE $3::int IS NOT NULL`,
    [id, at, fact],
  )
const packed = async () => (await sql('SELECT id, day FROM figure_days ORDER BY day')) as { id: number }[]

/** Until all is packed, by this call or by what the server does beside it. */
async function settle(): Promise<void> {
  for (;;) {
    await packDays(server.ctx)
    const [{ behind }] = await sql(`SELECT EXISTS (SELECT 1 FROM facts
        WHERE id > (SELECT fact_id FROM figure_cursor)) OR EXISTS (
      SELECT 1 FROM (SELECT received_at AS at FROM incidents UNION ALL SELECT created_at FROM calls) r
      WHERE NOT EXISTS (SELECT 1 FROM figure_days d
        WHERE d.day = (r.at AT TIME ZONE 'UTC')::date)) AS behind`)
    if (!behind) return
  }
}

describe('figures of packed days', () => {
  const questions = Array.from({ length: 60 }, question)

  test('are those of the rows, whatever is asked', async () => {
    await compare(questions.slice(0, 20))
    await settle()
    assert.ok((await packed()).length >= 6)
    await compare(questions)
  })

  test('follow a correction at once, and the day is packed anew', async () => {
    const before = await packed()
    const [run] = await sql(`SELECT a.id, a.on_scene_at::text AS there FROM assignments a
      WHERE a.on_scene_at IS NOT NULL ORDER BY a.id LIMIT 1`)
    await correct(run.id, new Date(Date.parse(run.there) + 77_000).toISOString(), 1)
    await compare(questions.slice(0, 20))
    await settle()
    const after = await packed()
    assert.equal(after.length, before.length)
    assert.ok(after.some(({ id }) => !before.some((one) => one.id === id)))
    await compare(questions.slice(20))
  })

  test('stay as they are without a fact', async () => {
    const told = async () => (await sql('SELECT count(*)::int AS n FROM facts'))[0].n
    for (;;) {
      const facts = await told()
      await settle()
      const before = await packed()
      await settle()
      const after = await packed()
      // What the server does beside may tell of a day at any moment.
      if ((await told()) !== facts) continue
      assert.deepEqual(after, before)
      return
    }
  })

  test('are right for both days when a merge moves an incident to another', async () => {
    const [one] = await sql(`UPDATE incidents SET received_at = received_at - interval '1 day'
      WHERE id = (SELECT max(id) FROM incidents WHERE merged_into IS NULL)
      RETURNING id, (received_at + interval '1 day')::text AS was`)
    const data = { changes: { received_at: { from: one.was, to: null } } }
    await sql(
      `INSERT INTO facts (at, type, actor_kind, actor_name, incident_id, data)
        VALUES ($1, 'calls_merged', 'system', 'system', $2, $3)`,
      [instant(0), one.id, data],
    )
    await compare(questions.slice(0, 20))
    await settle()
    await compare(questions)
  })

  test('an import begins anew with all days', async () => {
    const before = await packed()
    await sql(
      `INSERT INTO facts (at, type, actor_kind, actor_name, data)
        VALUES ($1, 'history_imported', 'system', 'system', '{}')`,
      [instant(0)],
    )
    await settle()
    assert.ok((await packed()).every(({ id }) => !before.some((one) => one.id === id)))
  })
})

test('a day that is taken out while it is read is read from its rows', async () => {
  await settle()
  const days = createDays(server.ctx.db)
  const count = async (meanwhile: () => Promise<unknown>) => {
    let found = 0
    for await (const day of days.walk({ from: instant(0), to: instant(144), columns: ['incidents'] })) {
      found += day.part('incidents').received.length
      await meanwhile()
    }
    return found
  }
  const whole = await count(async () => {})
  assert.ok(whole > 300)
  assert.equal(await count(() => sql('DELETE FROM figure_days')), whole)
})
