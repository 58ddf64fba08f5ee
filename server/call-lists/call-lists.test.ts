import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { judgeTargets } from '../calls/judge-targets.ts'
import { makeUnits, signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

const limit = { timeout: 120_000 }

let server: TestServer
let chief: { id: number; ask: Ask }
let desk: Ask
let write: Ask

const now = Date.now()
const minutesAgo = (minutes: number) => new Date(now - minutes * 60_000).toISOString()

before(async () => {
  server = await startTestServer()
  chief = await signIn(server, 'chief', 'supervisor')
  desk = (await signIn(server, 'anna', 'dispatcher')).ask
  write = withKey(server.baseUrl, server.key)
  for (let at = 0; at < 12; at += 1) {
    const call = {
      call_sid: `C${at}`,
      caller_number: `+1555010${1_000 + at}`,
      created_at: minutesAgo(60 - at),
      answered_at: minutesAgo(60 - at),
      emergency_type: at % 3 === 0 ? 'POLICE' : 'FIRE',
      priority_level: at % 2 === 0 ? 'CRITICAL' : 'LOW',
      location: `${at} Harbour Street`,
    }
    assert.equal((await write('POST', '/api/calls/', call)).status, 201)
  }
  const says: [number, string][] = [
    [1, 'the shed is burning'],
    [2, 'burning burning, the whole shed and all that is in it'],
    [2, 'the shed is burning still'],
    [3, 'there is a burning smell'],
  ]
  for (const [at, message] of says) {
    await write('POST', `/api/calls/C${at}/interactions/`, { speaker: 'CALLER', message })
  }
  for (const at of [4, 5]) await write('PUT', `/api/calls/C${at}/`, { status: 'COMPLETED' })
}, limit)
after(() => server.close())

const list = async (query: string, ask = chief.ask) => {
  const { status, body } = await ask('GET', `/api/calls/?${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body.results as Record<string, unknown>[]
}
const sids = (rows: Record<string, unknown>[]) => rows.map((row) => row.call_sid)
const change = (body: object, ask = chief.ask) => ask('POST', '/api/call-changes/', body)

describe('a search', limit, () => {
  test('comes best first, pages without a gap, and shows what was said', async () => {
    assert.deepEqual(sids(await list('search=burning&ordering=relevance')), ['C2', 'C1', 'C3'])
    const pages: unknown[] = []
    let next: string | null = '/api/calls/?search=burning&ordering=relevance&page_size=1&more=true'
    for (let page = 0; next !== null && page < 9; page += 1) {
      const { body }: Awaited<ReturnType<Ask>> = await chief.ask('GET', next.replace(server.baseUrl, ''))
      pages.push([body.results[0].call_sid, body.results[0].hit])
      next = body.next
    }
    assert.deepEqual(pages, [
      ['C2', 'the shed is burning still'],
      ['C1', 'the shed is burning'],
      ['C3', 'there is a burning smell'],
    ])
  })

  test('finds all words of one utterance, the beginning of a place, and an incident', async () => {
    const [{ id: incident }] = (
      await server.ctx.db.pool.query(`INSERT INTO incidents (incident_number, priority, emergency_type,
        received_at, updated_at) VALUES ('I-26-000777', 1, 'FIRE', now(), now()) RETURNING id`)
    ).rows as [{ id: number }]
    await server.ctx.db.pool.query('UPDATE calls SET incident_id = $1 WHERE call_sid = $2', [incident, 'C9'])
    for (const [query, found] of [
      ['search=shed whole', ['C2']],
      ['search=11 harb', ['C11']],
      ['search=i-26-000777', ['C9']],
      ['search=%2B15550101003', ['C3']],
      ['search=burning&created_before=1999-01-01', []],
      ["search='); DROP TABLE calls; --", []],
      ['search=harbour&ordering=relevance&emergency_type=POLICE', ['C9', 'C6', 'C3', 'C0']],
    ] as const) {
      assert.deepEqual(sids(await list(query)), found, query)
    }
  })

  test('is not for analysts, whose facets may not tell of words either', async () => {
    const { ask } = await signIn(server, 'ana', 'analyst')
    for (const path of ['/api/calls/?search=burning', '/api/call-facets/?search=burning']) {
      assert.equal((await ask('GET', path)).status, 403, path)
    }
    assert.equal((await ask('GET', '/api/call-facets/')).status, 200)
  })
})

describe('facets', limit, () => {
  test('count each group with all filters but its own', async () => {
    const since = [minutesAgo(55.5), minutesAgo(600)].join(',')
    const query = `emergency_type=FIRE&open=true&received_since=${since}`
    const { status, body } = await chief.ask('GET', `/api/call-facets/?${query}`)
    assert.equal(status, 200)
    const counts = (group: string) =>
      Object.fromEntries(
        body[group]
          .filter(({ count }: { count: number }) => count > 0)
          .map(({ value, count }: { value: string; count: number }) => [value, count]),
      )
    // Ten are open, of which C0, C3, C6 and C9 are about the police.
    assert.deepEqual(counts('emergency_type'), { POLICE: 4, FIRE: 6 })
    assert.deepEqual(counts('priority_level'), { CRITICAL: 3, LOW: 3 })
    assert.deepEqual(counts('status'), { ACTIVE: 6 })
    assert.deepEqual([body.exact, body.counted], [true, 10])
    assert.deepEqual(
      body.received.map((one: { count: number; exact: boolean }) => [one.count, one.exact]),
      [
        [4, true],
        [6, true],
      ],
    )
  })

  test('are the counts of the list that each would give', async () => {
    const { body } = await chief.ask('GET', '/api/call-facets/')
    for (const group of ['status', 'emergency_type', 'priority_level', 'answered_by', 'lost_contact']) {
      for (const { value, count } of body[group]) {
        const found = await chief.ask('GET', `/api/calls/?${group}=${value}&page_size=1`)
        assert.equal(found.body.count, count, `${group} ${value}`)
      }
    }
  })

  for (const bad of ['received_since=yesterday', 'ordering=created_at', 'status=gone']) {
    test(`refused: ${bad}`, async () => {
      assert.equal((await chief.ask('GET', `/api/call-facets/?${bad}`)).status, 400)
    })
  }
})

describe('several calls at once', limit, () => {
  test('are tagged and put up for review; each change is a fact from what to what', async () => {
    const body = { call_sids: ['C1', 'C2', 'nobody'], review: 'needed', add_tags: ['press', 'audit'] }
    const done = await change({ ...body, reviewer_id: chief.id })
    assert.equal(done.status, 200)
    assert.deepEqual(done.body.changed, ['C1', 'C2'])
    assert.deepEqual(
      done.body.refused.map((one: { call_sid: string; code: string }) => [one.call_sid, one.code]),
      [['nobody', 'not_found']],
    )
    const [row] = await list('review=NEEDED&tag=press&more=true&ordering=created_at')
    assert.deepEqual([row?.call_sid, row?.tags, row?.reviewer], ['C1', ['audit', 'press'], 'chief'])
    await change({ call_sids: ['C1'], review: null, remove_tags: ['press'] })
    assert.deepEqual(sids(await list('review=NEEDED')), ['C2'])
    const { body: history } = await desk('GET', '/api/calls/C1/history/')
    assert.deepEqual(
      history.results.slice(0, 2).map((one: { words: string }) => one.words),
      [
        'Call noted by chief: review NEEDED -> not known, reviewer chief -> not known, ' +
          'tags audit, press -> audit',
        'Call noted by chief: review not known -> NEEDED, reviewer not known -> chief, ' +
          'tags not known -> audit, press',
      ],
    )
  })

  test('the same again is no change and no fact', async () => {
    const count = async () =>
      (await server.ctx.db.pool.query(`SELECT count(*) AS n FROM facts WHERE type = 'call_marked'`)).rows[0].n
    await change({ call_sids: ['C7'], add_tags: ['x'] })
    const before = await count()
    assert.deepEqual((await change({ call_sids: ['C7', 'C7'], add_tags: ['x'] })).body.changed, ['C7'])
    assert.equal(await count(), before)
  })

  test('get a status by the rules of each: what has ended stays, and is named', async () => {
    const { status, body } = await change({
      call_sids: ['C4', 'C6', 'C8'],
      status: 'CANCELLED',
      review: 'DONE',
    })
    assert.equal(status, 200)
    assert.deepEqual(body.changed, ['C6', 'C8'])
    assert.deepEqual([body.refused[0].call_sid, body.refused[0].code], ['C4', 'call_ended'])
    // Refused in one part, a call is left alone in the others too.
    assert.deepEqual(sids(await list('review=DONE')), ['C8', 'C6'])
    assert.deepEqual(sids(await list('status=CANCELLED')), ['C8', 'C6'])
  })

  test('the AI goes on with a call that was tagged meanwhile', async () => {
    await change({ call_sids: ['C10'], add_tags: ['kept'] })
    const reply = await write('PATCH', '/api/calls/C10/', { location: 'Pier 9' })
    assert.deepEqual([reply.status, reply.body.location], [200, 'Pier 9'])
    assert.deepEqual((await list('tag=kept&more=true'))[0]?.tags, ['kept'])
  })

  const many = (length: number) => Array.from({ length }, (_, at) => `t${at}`)
  for (const [name, body, field] of [
    ['nothing to change', { call_sids: ['C1'] }, 'status'],
    ['no call', { call_sids: [], review: 'DONE' }, 'call_sids'],
    ['too many calls', { call_sids: many(201), review: 'DONE' }, 'call_sids'],
    ['a reviewer who is not there', { call_sids: ['C1'], reviewer_id: 999_999_999 }, 'reviewer_id'],
    ['too many tags', { call_sids: ['C1'], add_tags: many(21) }, 'add_tags'],
    ['a status that is none', { call_sids: ['C1'], status: 'ASLEEP' }, 'status'],
  ] as const) {
    test(`refused: ${name}`, async () => {
      const reply = await change(body)
      assert.deepEqual(
        [reply.status, Array.isArray(reply.body[field])],
        [400, true],
        JSON.stringify(reply.body),
      )
    })
  }

  test('a call has 20 tags at most; the one that would have more is named', async () => {
    assert.equal((await change({ call_sids: ['C11'], add_tags: many(20) })).body.changed.length, 1)
    const { body } = await change({ call_sids: ['C11'], add_tags: ['one more'] })
    assert.deepEqual([body.changed, body.refused[0].call_sid], [[], 'C11'])
  })
})

describe('a call beside what was done about it', limit, () => {
  test('has its units and how long they took, and says what was over the target', async () => {
    const [unit] = await makeUnits(server, 1)
    const opened = await desk('POST', '/api/incidents/', {
      emergency_type: 'FIRE',
      priority: 1,
      location: 'x',
    })
    await server.ctx.db.pool.query('UPDATE calls SET incident_id = $1 WHERE call_sid = $2', [
      opened.body.id,
      'C0',
    ])
    const order = { order_id: 'late', unit_ids: [unit] }
    assert.equal((await desk('POST', `/api/incidents/${opened.body.id}/assignments/`, order)).status, 200)
    const [row] = await list(`incident_id=${opened.body.id}&more=true`)
    assert.deepEqual(
      [row?.units, row?.incident, row?.late],
      [['M1'], opened.body.incident_number, ['dispatch']],
    )
    assert.ok(Number(row?.seconds_to_dispatch) >= 3_600, String(row?.seconds_to_dispatch))
    assert.equal(row?.seconds_to_scene, null)
    assert.deepEqual(await list('over_target=true'), [])
    assert.equal('units' in ((await list('page_size=1'))[0] ?? {}), false)
    assert.equal(await judgeTargets(server.ctx), 1)
    assert.deepEqual(sids(await list('over_target=true')), ['C0'])
    assert.equal(await judgeTargets(server.ctx), 0)
    const file = await chief.ask(
      'GET',
      '/api/exports/calls/?format=json&over_target=true&columns=call_sid,units,over_target',
    )
    assert.deepEqual(file.body, [{ call_sid: 'C0', units: ['M1'], over_target: true }])
  })

  test('the selected ones alone can be listed and exported', async () => {
    const ids = (await list('status=COMPLETED')).map((row) => row.id)
    assert.deepEqual(sids(await list(`ids=${ids.join(',')}`)), ['C5', 'C4'])
    for (const bad of ['ids=0', 'ids=1,x', `ids=${'1,'.repeat(1_000)}1`]) {
      assert.equal((await chief.ask('GET', `/api/calls/?${bad}`)).status, 400, bad.slice(0, 20))
    }
  })
})

describe('views', limit, () => {
  test('are one’s own or shared; the same name again replaces, and only the owner removes', async () => {
    const save = (ask: Ask, body: object) => ask('POST', '/api/call-views/', body)
    const own = await save(chief.ask, { name: 'Late fires', query: 'emergency_type=FIRE&over_target=true' })
    assert.deepEqual([own.status, own.body.own, own.body.shared], [201, true, false])
    const shared = await save(chief.ask, { name: 'Press', query: 'tag=press', shared: true })
    const names = async (ask: Ask) =>
      (await ask('GET', '/api/call-views/')).body.results.map((one: { name: string; own: boolean }) => [
        one.name,
        one.own,
      ])
    assert.deepEqual(await names(desk), [['Press', false]])
    const again = await save(chief.ask, { name: 'Press', query: 'tag=media', shared: true })
    assert.deepEqual([again.body.id, again.body.query], [shared.body.id, 'tag=media'])
    assert.equal((await desk('DELETE', `/api/call-views/${shared.body.id}/`)).status, 404)
    assert.equal((await chief.ask('DELETE', `/api/call-views/${shared.body.id}/`)).status, 204)
    assert.deepEqual(await names(chief.ask), [['Late fires', true]])
    for (let at = 1; at < 50; at += 1) await save(chief.ask, { name: `v${at}`, query: '' })
    assert.equal((await save(chief.ask, { name: 'one more', query: '' })).status, 400)
    assert.equal((await save(chief.ask, { name: 'v1', query: 'open=true' })).status, 201)
    assert.equal((await save(desk, { name: ' ', query: '' })).status, 400)
  })

  test('columns are each person’s own', async () => {
    const path = '/api/call-columns/'
    assert.deepEqual((await desk('GET', path)).body, { columns: [] })
    await desk('PUT', path, { columns: ['type', 'place'] })
    assert.deepEqual((await desk('GET', path)).body, { columns: ['type', 'place'] })
    assert.deepEqual((await chief.ask('GET', path)).body, { columns: [] })
    await desk('PUT', path, { columns: [] })
    assert.deepEqual((await desk('GET', path)).body, { columns: [] })
  })
})
