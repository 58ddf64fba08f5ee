import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type AssignmentQuery, assignmentQuery } from '@toneout/contract/operations/assignments.ts'
import { sql } from '../lib/db.ts'
import { pageStatement } from '../lib/newest-page.ts'
import { makeHospital, makeIncidents, makeUnits, signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { assignmentList } from './reads.ts'

const rows = 20_000
const live = 50
let server: TestServer
let ask: Ask
let ids: Record<'incident' | 'unit' | 'paramedic' | 'hospital' | 'dispatcher', number[]>
const query = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows

/** Years of assignments, made by SQL: the last ones are live, a few were cancelled or diverted. */
async function fill(): Promise<void> {
  const people = async (role: string, count: number) => {
    const text = `INSERT INTO people (username, password_hash, role, created_at)
      SELECT $1 || n, 'none', $1, now() FROM generate_series(1, $2::int) n RETURNING id`
    return (await query(text, [role, count])).map(({ id }) => id as number)
  }
  ids = {
    incident: await makeIncidents(server, 5_000),
    unit: await makeUnits(server, 100),
    paramedic: await people('paramedic', 60),
    hospital: await Promise.all([1, 2, 3, 4, 5].map((n) => makeHospital(server, `Hospital ${n}`))),
    dispatcher: await people('dispatcher', 8),
  }
  await query(
    `INSERT INTO paramedics (person_id, employee_id, license_number, updated_at)
      SELECT id, 'E' || id, 'L' || id, now() FROM unnest($1::bigint[]) id`,
    [ids.paramedic],
  )
  await query(
    `INSERT INTO assignments (incident_id, unit_id, paramedic_id, hospital_id, dispatcher_id, status,
        assigned_at, cleared_at, cancelled_at, diverted_at)
      SELECT ($1::bigint[])[1 + n % 5000], ($2::bigint[])[1 + n % 100],
        CASE WHEN n % 3 = 0 THEN ($3::bigint[])[1 + n / 3 % 60] END,
        CASE WHEN n % 2 = 0 THEN ($4::bigint[])[1 + n / 2 % 5] END,
        CASE WHEN n % 11 > 0 THEN ($5::bigint[])[1 + n % 8] END, status, at,
        CASE WHEN status = 'CLEARED' THEN at END, CASE WHEN status = 'CANCELLED' THEN at END,
        CASE WHEN status = 'DIVERTED' THEN at END
      FROM (SELECT n, timestamptz '2024-01-01' + n / 7 * interval '3 hours 0.001001 seconds' AS at,
        CASE WHEN n > $6::int - $7::int
            THEN (ARRAY['ASSIGNED', 'EN_ROUTE', 'ON_SCENE', 'HANDOVER_DONE'])[1 + n % 4]
          WHEN n % 200 = 3 THEN 'DIVERTED' WHEN n % 50 = 7 THEN 'CANCELLED' ELSE 'CLEARED' END AS status
        FROM generate_series(1, $6::int) n) AS made`,
    [...Object.values(ids), rows, live],
  )
  await query('ANALYZE assignments')
}

before(async () => {
  server = await startTestServer()
  ask = (await signIn(server, 'desk', 'dispatcher')).ask
  await fill()
})
after(() => server.close())

/** What is asked for, and the same said in SQL. */
const filters: [name: string, of: () => Record<string, string | number>, where: string][] = [
  ['all', () => ({}), 'true'],
  ['CLEARED', () => ({ status: 'cleared' }), `status = 'CLEARED'`],
  ['CANCELLED', () => ({ status: 'CANCELLED' }), `status = 'CANCELLED'`],
  ['DIVERTED', () => ({ status: 'DIVERTED' }), `status = 'DIVERTED'`],
  ['EN_ROUTE', () => ({ status: 'EN_ROUTE' }), `status = 'EN_ROUTE'`],
  ['none of a status', () => ({ status: 'AT_PATIENT' }), 'false'],
  ['live', () => ({ live: 'true' }), 'coalesce(cleared_at, cancelled_at, diverted_at) IS NULL'],
  ['ended', () => ({ live: 'false' }), 'coalesce(cleared_at, cancelled_at, diverted_at) IS NOT NULL'],
  ['an incident', () => ({ incident_id: ids.incident[77] ?? 0 }), 'incident_id = $1'],
  ['a unit', () => ({ unit_id: ids.unit[42] ?? 0 }), 'unit_id = $1'],
  ['a paramedic', () => ({ paramedic_id: ids.paramedic[3] ?? 0 }), 'paramedic_id = $1'],
  ['a hospital', () => ({ hospital_id: ids.hospital[2] ?? 0 }), 'hospital_id = $1'],
  ['a dispatcher', () => ({ dispatcher_id: ids.dispatcher[1] ?? 0 }), 'dispatcher_id = $1'],
  ['after', () => ({ assigned_after: '2024-12-20T00:00:00Z' }), `assigned_at >= '2024-12-20T00:00:00Z'`],
  ['before', () => ({ assigned_before: '2024-01-03' }), `assigned_at < '2024-01-03T00:00:00Z'`],
]

type Node = Record<string, unknown> & { Plans?: Node[] }
const nodes = (plan: Node): Node[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)]

/** Passes over the table in the plan of a first page, and the rows that were read and not shown. */
async function readInVain(asked: AssignmentQuery) {
  const statement = pageStatement(assignmentList(asked), asked.page_size)
  type Explained = { 'QUERY PLAN': [{ Plan: Node }] }
  const explained = await sql<Explained>`EXPLAIN (ANALYZE, FORMAT JSON) ${statement}`.execute(
    server.ctx.db.kysely,
  )
  const all = nodes(explained.rows[0]?.['QUERY PLAN'][0].Plan as Node)
  assert.ok(all.some((node) => /Index/.test(String(node['Node Type']))))
  const removed = all.map((node) => Number(node['Rows Removed by Filter'] ?? 0))
  return {
    passes: all.filter((node) => node['Node Type'] === 'Seq Scan').length,
    removed: removed.reduce((sum, one) => sum + one, 0),
    sorted: Math.max(0, ...all.filter((node) => node['Node Type'] === 'Sort').map(sortedRows)),
  }
}
const sortedRows = (sort: Node) => Number(sort.Plans?.[0]?.['Actual Rows'] ?? 0)

describe('GET /api/assignments/', () => {
  for (const [name, of, where] of filters) {
    for (const ordering of ['-assigned_at', 'assigned_at']) {
      test(`${name} by ${ordering}: what the rows say, from an index`, async () => {
        const given = { ...of(), ordering, page_size: 200 }
        const values = where.includes('$1') ? Object.values(of()) : []
        const way = ordering.startsWith('-') ? 'DESC' : 'ASC'
        const expected = await query(
          `SELECT id, count(*) OVER () AS n FROM assignments WHERE ${where}
            ORDER BY assigned_at ${way}, id ${way} LIMIT 200`,
          values,
        )
        const asked = new URLSearchParams(Object.entries(given).map(([key, one]) => [key, String(one)]))
        const { status, body } = await ask('GET', `/api/assignments/?${asked}`)
        assert.equal(status, 200)
        assert.deepEqual(
          body.results.map(({ id }: { id: number }) => id),
          expected.map(({ id }) => id),
        )
        const n = expected[0]?.n ?? 0
        assert.equal(body.count_exact, n <= 10_000)
        if (n <= 10_000) assert.equal(body.count, n)
        else assert.ok(body.count > 10_000 && body.count < 1.2 * rows, String(body.count))
        const { passes, removed, sorted } = await readInVain(
          assignmentQuery.parse({ ...given, page_size: 50 }),
        )
        // As many as are live may be passed by or sorted, never a part of all there are.
        assert.equal(passes, 0)
        assert.ok(removed <= live + 10 && sorted <= live + 10, JSON.stringify({ removed, sorted }))
      })
    }
  }

  const searches: [string, string][] = [
    ['m42', `unit_id IN (SELECT id FROM units WHERE unit_number = 'M42')`],
    ['I-4999', `incident_id IN (SELECT id FROM incidents WHERE incident_number = 'I-4999')`],
    ['flat tyre', `reason IS NOT NULL`],
    ['%', 'false'],
  ]
  for (const [search, where] of searches) {
    test(`search ${search}: numbers of units and incidents, and the reason, page after page`, async () => {
      await query(`UPDATE assignments SET reason = 'A flat tyre' WHERE id IN (
        SELECT id FROM assignments WHERE status = 'CANCELLED' ORDER BY id LIMIT 7)`)
      const expected = await query(`SELECT id FROM assignments WHERE ${where}
        ORDER BY assigned_at DESC, id DESC`)
      const seen: number[] = []
      const first = `/api/assignments/?${new URLSearchParams({ search, page_size: '60' })}`
      for (let next: string | null = first; next; ) {
        const { status, body } = await ask('GET', next.replace(server.baseUrl, ''))
        assert.deepEqual([status, body.count], [200, expected.length])
        seen.push(...body.results.map(({ id }: { id: number }) => id))
        next = body.next
      }
      assert.deepEqual(
        seen,
        expected.map(({ id }) => id),
      )
    })
  }

  test('pages hold every assignment once, forward and back', async () => {
    const pages: number[][] = []
    const found = (body: { results: { id: number }[] }) => body.results.map(({ id }) => id)
    let last: Awaited<ReturnType<Ask>>['body']
    const first = `/api/assignments/?unit_id=${ids.unit[42]}&page_size=37`
    for (let next: string | null = first; next; next = last.next) {
      last = (await ask('GET', next.replace(server.baseUrl, ''))).body
      pages.push(found(last))
    }
    assert.equal(new Set(pages.flat()).size, rows / 100)
    assert.equal(pages.flat().length, rows / 100)
    for (const page of pages.slice(0, -1).toReversed()) {
      last = (await ask('GET', last.previous.replace(server.baseUrl, ''))).body
      assert.deepEqual(found(last), page)
    }
    assert.equal(last.previous, null)
  })

  const bad = ['status=gone', 'live=perhaps', 'unit_id=x', 'unit_id=0', 'page_size=201', 'ordering=id']
  for (const asked of [...bad, 'cursor=zzz', 'assigned_after=yesterday', 'colour=red']) {
    test(`refused ${asked}`, async () => {
      const { status, body } = await ask('GET', `/api/assignments/?${asked}`)
      assert.deepEqual([status, Array.isArray(body[asked.split('=')[0] as string])], [400, true])
    })
  }

  test('a cursor of the other ordering is refused', async () => {
    const { body } = await ask('GET', '/api/assignments/?page_size=1')
    const cursor = new URL(body.next).searchParams.get('cursor')
    assert.equal((await ask('GET', `/api/assignments/?ordering=assigned_at&cursor=${cursor}`)).status, 400)
  })
})

describe('GET /api/assignments/{id}/', () => {
  test('one with its intervals', async () => {
    const [row] = await query(
      `UPDATE assignments SET en_route_at = assigned_at + interval '61.5 seconds',
        corrections = jsonb_build_object('on_scene_at', to_char(assigned_at AT TIME ZONE 'UTC'
          + interval '200 seconds', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      WHERE id = (SELECT min(id) FROM assignments) RETURNING id`,
    )
    const { status, body } = await ask('GET', `/api/assignments/${row.id}/`)
    assert.equal(status, 200)
    assert.deepEqual(
      [body.id, body.on_scene_at, Object.keys(body.corrections)],
      [row.id, null, ['on_scene_at']],
    )
    const { turnout, travel, response, transport } = body.intervals.seconds
    assert.deepEqual([turnout, travel, response, transport], [61.5, 138.5, 200, null])
    assert.equal(body.intervals.clock_starts.travel, 'en_route_at')
  })

  test('404 for none, 400 for no number, 403 for who sees no board', async () => {
    assert.equal((await ask('GET', '/api/assignments/999999999/')).status, 404)
    assert.equal((await ask('GET', '/api/assignments/x/')).status, 400)
    const reader = withKey(server.baseUrl, server.readerKey)
    assert.equal((await reader('GET', '/api/assignments/?page_size=1')).status, 200)
    const crew = (await signIn(server, 'crew', 'paramedic')).ask
    for (const path of ['/api/assignments/', `/api/assignments/1/`])
      assert.equal((await crew('GET', path)).status, 403)
  })
})
