import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { markLostContact } from '../calls/mark-lost-contact.ts'
import { makeIncidents, makeUnits, signIn } from '../test/support/centre.ts'
import { type Ask, asker, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

type Entry = {
  id: number
  type: string
  at: string
  request_id: string | null
  call_sid: string | null
  actor: { name: string }
}

describe('the history of who did what', { timeout: 120_000 }, () => {
  let server: TestServer
  let program: Ask
  let desk: Ask
  let chief: Ask
  const list = async (query = '', ask = chief) => {
    const { status, body } = await ask('GET', `/api/audit/?${query}`)
    assert.equal(status, 200, JSON.stringify(body))
    return body as {
      count: number
      count_exact: boolean
      next: string | null
      previous: string | null
      results: Entry[]
    }
  }
  const open = (call_sid: string, id: string) =>
    program('POST', '/api/calls/', { call_sid, caller_number: '+15550142' }, { 'x-request-id': id })

  before(async () => {
    server = await startTestServer()
    program = withKey(server.baseUrl, server.key)
    desk = (await signIn(server, 'desk', 'dispatcher')).ask
    chief = (await signIn(server, 'chief', 'supervisor')).ask
  })
  after(() => server.close())

  test('each fact of a group has the id of its own request', async () => {
    const ids = Array.from({ length: 120 }, (_, at) => `request-${at}-${'x'.repeat(at % 40)}`)
    await Promise.all(ids.map((id, at) => open(`G${at}`, id)))
    const text = `SELECT c.call_sid, f.request_id FROM facts f JOIN calls c ON c.id = f.call_id
      WHERE f.type = 'call_opened' AND c.call_sid LIKE 'G%'`
    const { rows } = await server.ctx.db.pool.query(text)
    assert.deepEqual(
      new Map(rows.map((row) => [row.call_sid, row.request_id])),
      new Map(ids.map((id, at) => [`G${at}`, id])),
    )
  })

  test('an id that the server made is the one it answers with', async () => {
    const { headers, body } = await program('POST', '/api/calls/', {
      call_sid: 'own',
      caller_number: '+15550142',
    })
    const [entry] = (await list(`call_id=${body.id}`)).results
    assert.equal(entry?.request_id, headers.get('x-request-id'))
    assert.equal(entry?.call_sid, 'own')
  })

  test('a dispatch, a change with before and after, and a sign-in name their requests', async () => {
    const [[unit], [incident]] = [await makeUnits(server, 1), await makeIncidents(server, 1)]
    const send = { order_id: 'one', unit_ids: [unit] }
    const path = `/api/incidents/${incident}/assignments/`
    const sent = await desk('POST', path, send, { 'x-request-id': 'the-dispatch' })
    assert.equal(sent.status, 200)
    await open('changed', 'the-opening')
    const patch = { location: '21 Harbour Street' }
    await program('PATCH', '/api/calls/changed/', patch, { 'x-request-id': 'the-change' })
    const credentials = { username: server.username, password: server.password }
    const own = { origin: server.baseUrl, 'x-request-id': 'the-sign-in' }
    assert.equal((await asker(server.baseUrl, own)('POST', '/api/auth/sign-in/', credentials)).status, 200)
    const entries = new Map((await list()).results.map((one) => [one.request_id, one]))
    assert.deepEqual(
      ['the-dispatch', 'the-change', 'the-sign-in'].map((id) => entries.get(id)?.type),
      ['unit_assigned', 'call_updated', 'person_signed_in'],
    )
    const { data } = entries.get('the-change') as unknown as { data: unknown }
    assert.deepEqual(data, { changes: { location: { from: '', to: '21 Harbour Street' } } })
  })

  test('filters', async () => {
    const all = await list('page_size=200')
    const of = (holds: (one: Entry) => boolean) => all.results.filter(holds).map((one) => one.id)
    const dispatch = all.results.find((one) => one.type === 'unit_assigned') as Entry & {
      incident_id: number
      unit_id: number
    }
    const since = 'after=2000-01-01'
    const cases: [query: string, ids: number[]][] = [
      ['actor_kind=PERSON', of((one) => one.type === 'person_signed_in' || one.actor.name === 'desk')],
      ['actor=desk&type=unit_assigned', [dispatch.id]],
      ['type=unit_assigned', [dispatch.id]],
      [`incident_id=${dispatch.incident_id}`, of((one) => one.id === dispatch.id)],
      [`unit_id=${dispatch.unit_id}`, [dispatch.id]],
      [`request_id=the-dispatch&${since}`, [dispatch.id]],
      [`request_id=nobody&${since}`, []],
      [`after=${dispatch.at}&before=${dispatch.at}`, []],
      [`after=${dispatch.at}&actor=desk`, [dispatch.id]],
      [`before=${dispatch.at}&actor=desk`, of((one) => one.actor.name === 'desk' && one !== dispatch)],
    ]
    for (const [query, ids] of cases) {
      const { results, count, count_exact } = await list(`${query}&page_size=200`)
      assert.deepEqual([results.map((one) => one.id), count, count_exact], [ids, ids.length, true], query)
    }
  })

  test('what the server does by itself has no request', async () => {
    await open('quiet', 'the-quiet-one')
    const later = new Date(Date.now() + 3_600_000)
    assert.ok((await markLostContact({ ...server.ctx, now: () => later })) > 0)
    const { results } = await list('type=call_lost_contact&page_size=1')
    assert.deepEqual([results[0]?.actor.name, results[0]?.request_id], ['system', null])
  })

  test('pages, there and back', async () => {
    const pages: Entry[][] = []
    let page = await list('page_size=67')
    const { count } = page
    const follow = async (url: string) => list(new URL(url).search.slice(1))
    for (;;) {
      pages.push(page.results)
      if (page.next === null) break
      page = await follow(page.next)
    }
    const ids = pages.flat().map((one) => one.id)
    assert.equal(ids.length, count)
    assert.deepEqual(
      ids,
      [...new Set(ids)].sort((a, b) => b - a),
    )
    for (const before of pages.slice(0, -1).reverse()) {
      page = await follow(page.previous as string)
      assert.deepEqual(page.results, before)
    }
    assert.equal(page.previous, null)
  })

  test('what is asked wrongly is told', async () => {
    const bad = [
      'actor_kind=robot',
      'type=nothing',
      'page_size=201',
      'cursor=x',
      'request_id=the-dispatch',
      'x=1',
    ]
    bad.push(`cursor=${Buffer.from('["audit","x","f"]').toString('base64url')}`, 'after=soon', 'call_id=0')
    for (const query of bad) {
      const { status, body } = await chief('GET', `/api/audit/?${query}`)
      assert.deepEqual([status, body.code], [400, 'invalid'], query)
    }
    for (const from of ['0', 'x', '1.5']) {
      assert.equal((await chief('GET', `/api/audit/verify/?from=${from}`)).status, 400, from)
    }
  })

  test('supervisors and admins see it, nobody else', async () => {
    const boss = (await signIn(server, 'boss', 'admin')).ask
    const analyst = (await signIn(server, 'analyst', 'analyst')).ask
    const others = [desk, analyst, program, withKey(server.baseUrl, server.readerKey)]
    for (const path of ['/api/audit/', '/api/audit/verify/']) {
      assert.equal((await boss('GET', path)).status, 200)
      for (const ask of others) assert.equal((await ask('GET', path)).status, 403)
      assert.equal((await asker(server.baseUrl, {})('GET', path)).status, 401)
    }
  })

  test('one check of the chain at a time', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => chief('GET', '/api/audit/verify/')))
    const statuses = new Set(answers.map(({ status }) => status))
    assert.ok(statuses.has(200) && statuses.size <= 2)
    for (const { status, headers } of answers) {
      if (status !== 200) assert.deepEqual([status, headers.get('retry-after')], [429, '1'])
    }
  })
})
