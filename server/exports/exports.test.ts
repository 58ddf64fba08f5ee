import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { makeIncidents, makeUnits, signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

const limit = { timeout: 120_000 }
const number = '+15555550142'

let server: TestServer
let chief: { id: number; ask: Ask }

const rows = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows

before(async () => {
  server = await startTestServer()
  chief = await signIn(server, 'chief', 'supervisor')
  const write = withKey(server.baseUrl, server.key)
  for (let at = 0; at < 12; at += 1) {
    const created_at = `2026-11-20T10:${String(10 + at)}:00Z`
    const emergency_type = at % 3 === 0 ? 'FIRE' : 'MEDICAL'
    const caller_number = at === 4 ? number : `+1555010${1_000 + at}`
    const location = `${at} "Harbour", St`
    await write('POST', '/api/calls/', {
      call_sid: `X${at}`,
      caller_number,
      created_at,
      emergency_type,
      location,
    })
  }
}, limit)
after(() => server.close())

const linesOf = (text: string) => text.trim().split('\n')
const sidsOf = (text: string) => linesOf(text).map((line) => JSON.parse(line).call_sid)
const factsOf = (name: string) =>
  rows(`SELECT data FROM facts WHERE type = $1 AND actor_name = 'chief' ORDER BY id`, [name])

/** The end of an export is noted once its reply is closed, which may be after its client has read it. */
async function endOf(request_id: string) {
  for (;;) {
    const text = `SELECT data FROM facts WHERE type = 'export_made' AND request_id = $1`
    const [found] = await rows(text, [request_id])
    if (found) return found.data
    await new Promise((done) => setTimeout(done, 20))
  }
}

describe('an export of calls', limit, () => {
  test('has the rows of the list of the same query, in its order, with masked numbers', async () => {
    for (const query of [
      '',
      'emergency_type=FIRE&ordering=created_at',
      'search=Harbour&ordering=-priority_level',
    ]) {
      const list = await chief.ask('GET', `/api/calls/?${query}`)
      const file = await chief.ask('GET', `/api/exports/calls/?${query}&format=ndjson`)
      assert.equal(file.status, 200)
      assert.deepEqual(
        linesOf(file.body).map((line) => JSON.parse(line)),
        list.body.results,
      )
    }
  })

  test('as JSON is the same rows as one list; nothing at all is an empty list', async () => {
    const file = await chief.ask(
      'GET',
      '/api/exports/calls/?format=json&emergency_type=FIRE&columns=call_sid',
    )
    assert.deepEqual(
      file.body,
      ['X9', 'X6', 'X3', 'X0'].map((call_sid) => ({ call_sid })),
    )
    const none = await chief.ask('GET', '/api/exports/calls/?format=JSON&emergency_type=POLICE')
    assert.deepEqual(none.body, [])
  })

  test('as CSV has the columns that were asked for, quoted where it must be', async () => {
    const path = '/api/exports/calls/?format=csv&columns=location,call_sid,lost_contact&emergency_type=fire'
    const { body, headers } = await chief.ask('GET', path)
    assert.equal(
      body,
      'location,call_sid,lost_contact\r\n' +
        [9, 6, 3, 0].map((at) => `"${at} ""Harbour"", St",X${at},false\r\n`).join(''),
    )
    assert.match(headers.get('content-type') ?? '', /^text\/csv/)
    const name = /^attachment; filename="calls_emergency-type-fire_ordering-created-at_\d{8}T\d{6}Z\.csv"$/
    assert.match(headers.get('content-disposition') ?? '', name)
  })

  test('is noted before and after, without what was searched for', async () => {
    const asked = `columns=call_sid&caller_number=${encodeURIComponent(number)}`
    const path = `/api/exports/calls/?format=ndjson&${asked}`
    const request = { 'x-request-id': 'export-noted' }
    const { body, headers } = await chief.ask('GET', path, undefined, request)
    assert.deepEqual(sidsOf(body), ['X4'])
    assert.match(headers.get('content-disposition') ?? '', /calls_by-caller-number_/)
    assert.deepEqual(await endOf('export-noted'), { what: 'calls', format: 'ndjson', rows: 1, whole: true })
    const begun = (await factsOf('export_begun')).at(-1).data
    assert.deepEqual(begun.filters, { caller_number: true, ordering: '-created_at' })
    assert.deepEqual(begun.columns, ['call_sid'])
    const searched = await factsOf('caller_number_searched')
    assert.deepEqual(searched, [{ data: { filter: 'caller_number' } }])
    const [told] = await rows(`SELECT count(*)::int AS n FROM facts t WHERE t::text LIKE '%5550142%'`)
    assert.equal(told.n, 0)
  })

  test('is for supervisors, admins and analysts, who may not look for numbers or words', async () => {
    for (const [name, role, status] of [
      ['e-admin', 'admin', 200],
      ['e-analyst', 'analyst', 200],
      ['e-desk', 'dispatcher', 403],
    ] as const) {
      const { ask } = await signIn(server, name, role)
      const { body, ...file } = await ask('GET', '/api/exports/calls/?format=csv')
      assert.equal(file.status, status, role)
      assert.doesNotMatch(JSON.stringify(body), /5550142/)
      if (role !== 'analyst') continue
      for (const filter of [`caller_number=${encodeURIComponent(number)}`, 'search=Harbour']) {
        const refused = await ask('GET', `/api/exports/calls/?format=csv&${filter}`)
        assert.equal(refused.status, 403, filter)
      }
    }
    const reader = withKey(server.baseUrl, server.readerKey)
    assert.equal((await reader('GET', '/api/exports/calls/?format=csv')).status, 403)
  })

  for (const [query, field] of [
    ['', 'format'],
    ['format=pdf', 'format'],
    ['format=csv&columns=password_hash', 'columns'],
    ['format=csv&page_size=5', 'page_size'],
    ['format=csv&status=ASLEEP', 'status'],
  ] as const) {
    test(`of "${query}" is refused by ${field} and is no export`, async () => {
      const before = (await factsOf('export_begun')).length
      const { status, body } = await chief.ask('GET', `/api/exports/calls/?${query}`)
      assert.deepEqual([status, Object.keys(body)], [400, ['code', 'detail', field]])
      assert.equal((await factsOf('export_begun')).length, before)
    })
  }

  test('HEAD tells the name of the file and takes nothing away', async () => {
    const before = (await factsOf('export_begun')).length
    const { status, headers, body } = await chief.ask('HEAD', '/api/exports/calls/?format=csv')
    assert.deepEqual([status, body], [200, ''])
    assert.match(headers.get('content-disposition') ?? '', /\.csv"$/)
    assert.equal((await factsOf('export_begun')).length, before)
  })
})

test('incidents, assignments and units are exported as they are listed', limit, async () => {
  const [unit] = await makeUnits(server, 3)
  const [incident] = await makeIncidents(server, 2)
  const desk = await signIn(server, 'sender', 'dispatcher')
  const order = { order_id: 'export-1', unit_ids: [unit] }
  const sent = await desk.ask('POST', `/api/incidents/${incident}/assignments/`, order)
  assert.equal(sent.status, 200, JSON.stringify(sent.body))
  for (const [what, query] of [
    ['incidents', 'status=DISPATCHED'],
    ['incidents', ''],
    ['assignments', 'live=true'],
    ['units', 'status=AVAILABLE'],
    ['units', ''],
  ] as const) {
    const list = await chief.ask('GET', `/api/${what}/?${query}`)
    const file = await chief.ask('GET', `/api/exports/${what}/?format=json&${query}`)
    assert.ok(list.body.count > 0, what)
    assert.deepEqual(file.body, list.body.results, what)
  }
})
