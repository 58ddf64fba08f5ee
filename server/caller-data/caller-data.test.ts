import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { eraseCaller, purgeCallerData } from './erase-calls.ts'

let server: TestServer
let ai: Ask
const people: Record<string, Ask> = {}
let serial = 0
const sql = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows

before(async () => {
  server = await startTestServer()
  ai = withKey(server.baseUrl, server.key)
  for (const role of ['dispatcher', 'supervisor', 'admin', 'analyst', 'paramedic'] as const) {
    people[role] = (await signIn(server, `a-${role}`, role)).ask
  }
})
after(() => server.close())

const as = (role: string) => people[role] as Ask

/** A call from a number nobody else has; gives its sid and the number. */
async function call(more: Record<string, unknown> = {}) {
  serial += 1
  const [call_sid, caller_number] = [`CD${serial}`, `+1555777${String(serial).padStart(4, '0')}`]
  const { status, body } = await ai('POST', '/api/calls/', { call_sid, caller_number, ...more })
  assert.equal(status, 201)
  assert.equal(body.caller_number, caller_number, 'the AI dispatcher sees what it sent')
  await ai('POST', `/api/calls/${call_sid}/interactions/`, { speaker: 'CALLER', message: 'My chest hurts' })
  return { call_sid, caller_number, id: Number(body.id), path: `/api/calls/${call_sid}/` }
}

describe('a number at rest and on the screen', () => {
  test('is nowhere in the database in plain text', async () => {
    const { call_sid, caller_number, id } = await call()
    const digits = caller_number.slice(1)
    const tables = await sql(`SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`)
    for (const { name } of tables) {
      const [found] = await sql(`SELECT count(*) AS n FROM "${name}" t WHERE t::text LIKE $1`, [
        `%${digits}%`,
      ])
      assert.equal(found.n, 0, name)
    }
    const [row] = await sql('SELECT caller_number, caller_sealed FROM calls WHERE call_sid = $1', [call_sid])
    assert.equal(row.caller_number, null)
    assert.ok(!row.caller_sealed.includes(digits))
    assert.equal(server.logged.join('').includes(digits), false)
    // Bound to its row: copied to another, it opens nowhere.
    const other = await call()
    await sql('UPDATE calls SET caller_sealed = $2 WHERE id = $1', [other.id, row.caller_sealed])
    assert.equal((await as('dispatcher')('GET', other.path)).status, 500)
    await sql('DELETE FROM call_interactions WHERE call_id = $1', [other.id])
    await sql('DELETE FROM calls WHERE id = $1', [other.id])
    assert.ok(id)
  })

  for (const role of ['dispatcher', 'supervisor', 'admin'] as const) {
    test(`is masked for a ${role} in the record, in lists and in the reply to a change`, async () => {
      const { path, call_sid } = await call()
      const masked = /^\+1555•••\d{4}$/
      assert.match((await as(role)('GET', path)).body.caller_number, masked)
      assert.match((await as(role)('PATCH', path, { category: 'X' })).body.caller_number, masked)
      const { body } = await as(role)('GET', '/api/calls/?page_size=200')
      const row = body.results.find((one: { call_sid: string }) => one.call_sid === call_sid)
      assert.match(row.caller_number, masked)
    })
  }

  test('is found however it is written, and only whole', async () => {
    const { caller_number, call_sid } = await call()
    const spaced = `${caller_number.slice(0, 2)} (${caller_number.slice(2, 5)}) ${caller_number.slice(5)}`
    for (const query of [`caller_number=${encodeURIComponent(spaced)}`, `search=${caller_number.slice(1)}`]) {
      const { body } = await as('supervisor')('GET', `/api/calls/?${query}`)
      assert.deepEqual(
        body.results.map((one: { call_sid: string }) => one.call_sid),
        [call_sid],
        query,
      )
    }
    assert.equal((await as('supervisor')('GET', '/api/calls/?search=1555777')).body.count, 0)
  })
})

describe('revealing it', () => {
  test('needs a reason, gives the number and leaves a fact', async () => {
    const { path, caller_number, id } = await call()
    const refused = await as('dispatcher')('POST', `${path}reveal/`, {})
    assert.deepEqual([refused.status, Object.keys(refused.body)], [400, ['code', 'detail', 'reason']])
    const { status, body } = await as('dispatcher')('POST', `${path}reveal/`, { reason: 'lost contact' })
    assert.deepEqual([status, body.caller_number], [200, caller_number])
    const facts = await sql(
      `SELECT actor_name, data FROM facts
      WHERE call_id = $1 AND type = 'caller_data_revealed'`,
      [id],
    )
    assert.deepEqual(facts, [
      { actor_name: 'a-dispatcher', data: { fields: ['caller_number'], reason: 'lost contact' } },
    ])
  })

  for (const role of ['admin', 'analyst', 'paramedic'] as const) {
    test(`is not for a ${role}`, async () => {
      const { path } = await call()
      assert.equal((await as(role)('POST', `${path}reveal/`, { reason: 'x' })).status, 403)
    })
  }

  test('says 404 where there is no such call', async () => {
    assert.equal((await as('dispatcher')('POST', '/api/calls/none/reveal/', { reason: 'x' })).status, 404)
  })
})

describe('erasing', () => {
  const both = { transcripts_days: 1, numbers_days: 1 }
  const old = '2020-01-01T00:00:00Z'
  /** The call as it will be long after: nothing can be written in the past over HTTP. */
  async function aged() {
    const made = await call({ created_at: old, location: 'Pier 3' })
    await sql('UPDATE calls SET updated_at = $2 WHERE id = $1', [made.id, old])
    await sql('UPDATE call_interactions SET created_at = $2 WHERE call_id = $1', [made.id, old])
    return made
  }

  test('by retention takes words and numbers of old calls, and leaves the rest and the rows', async () => {
    const due = await aged()
    const fresh = await call()
    const held = await aged()
    const hold = await as('supervisor')('POST', `${held.path}hold/`, { reason: 'court order 12' })
    assert.deepEqual(hold.body, { call_sid: held.call_sid, legal_hold: 'court order 12' })
    assert.equal(await purgeCallerData(server.ctx, both), 1 + 1, 'words and number of one call')
    assert.equal(await purgeCallerData(server.ctx, both), 0, 'a second time finds nothing')
    const after = await as('supervisor')('GET', due.path)
    assert.deepEqual([after.body.caller_number, after.body.location], ['', 'Pier 3'])
    const words = await as('supervisor')('GET', `${due.path}interactions/`)
    assert.deepEqual(
      words.body.map((one: { message: string }) => one.message),
      [''],
    )
    for (const kept of [fresh, held]) {
      const { body } = await as('supervisor')('GET', `${kept.path}interactions/`)
      assert.equal(body[0].message, 'My chest hurts')
      const reveal = await as('supervisor')('POST', `${kept.path}reveal/`, { reason: 'test' })
      assert.equal(reveal.body.caller_number, kept.caller_number)
    }
    // The process that wrote the number does not write it again from memory.
    await ai('PUT', due.path, { category: 'LATE' })
    assert.equal((await as('supervisor')('GET', due.path)).body.caller_number, '')
    await as('supervisor')('POST', `${held.path}release/`)
    assert.equal(await purgeCallerData(server.ctx, both), 2)
  })

  test('retention is a setting of the admin; nothing is erased until it is set', async () => {
    const read = async () => (await as('admin')('GET', '/api/settings/')).body
    const days = ({ transcripts_days, numbers_days }: Record<string, unknown>) => [
      transcripts_days,
      numbers_days,
    ]
    assert.deepEqual(days(await read()), [null, null])
    for (const [transcripts_days, status] of [
      [0, 400],
      [1.5, 400],
      [40_000, 400],
      ['7', 400],
      [30, 200],
      [null, 200],
    ] as const) {
      const { status: got } = await as('admin')('PATCH', '/api/settings/', { transcripts_days })
      assert.equal(got, status, String(transcripts_days))
    }
    await as('admin')('PATCH', '/api/settings/', { transcripts_days: 30, numbers_days: 365 })
    assert.deepEqual(days(server.ctx.settings.current()), [30, 365])
    await as('admin')('PATCH', '/api/settings/', { transcripts_days: null, numbers_days: null })
  })

  test('a call that goes on now is kept, whatever its client says of when it began', async () => {
    const { path, caller_number } = await call({ created_at: '1971-01-01T00:00:00Z' })
    await purgeCallerData(server.ctx, both)
    const reveal = await as('supervisor')('POST', `${path}reveal/`, { reason: 'test' })
    assert.equal(reveal.body.caller_number, caller_number)
    assert.equal((await as('supervisor')('GET', `${path}interactions/`)).body[0].message, 'My chest hurts')
  })

  test('words after an erasure are erased by the next; a repeated request brings none back', async () => {
    const { path, caller_number } = await call()
    const said = { speaker: 'CALLER', message: 'zebra' }
    const once = { 'idempotency-key': `zebra-${serial}` }
    const first = await ai('POST', `${path}interactions/`, said, once)
    await eraseCaller(server.ctx, caller_number, false)
    const again = await ai('POST', `${path}interactions/`, said, once)
    assert.deepEqual([again.status, again.body.id, again.body.message], [201, first.body.id, ''])
    await ai('PUT', path, { caller_number })
    await ai('POST', `${path}interactions/`, { speaker: 'CALLER', message: 'giraffe' })
    const report = await eraseCaller(server.ctx, caller_number, false)
    assert.deepEqual([report.erased, report.utterances], [1, 1])
    const { body } = await as('supervisor')('GET', `${path}interactions/`)
    assert.deepEqual([...new Set(body.map((one: { message: string }) => one.message))], [''])
  })

  test('the number may go before the words, and the words are still found by it', async () => {
    const { caller_number, path } = await aged()
    await purgeCallerData(server.ctx, { transcripts_days: null, numbers_days: 1 })
    const reveal = await as('supervisor')('POST', `${path}reveal/`, { reason: 'test' })
    assert.deepEqual([reveal.status, reveal.body.detail], [404, 'The number of this call was erased.'])
    assert.equal((await eraseCaller(server.ctx, caller_number, false)).utterances, 1)
    assert.equal((await eraseCaller(server.ctx, caller_number, false)).calls, 0)
  })

  test('what is kept for ever is kept', async () => {
    await aged()
    assert.equal(await purgeCallerData(server.ctx, { transcripts_days: null, numbers_days: null }), 0)
    await purgeCallerData(server.ctx, both)
  })

  test('by command finds every call of the number, reports it, and a dry run changes nothing', async () => {
    const first = await call({ emergency_type: 'MEDICAL', location: 'Pier 3' })
    const { caller_number } = first
    const again = `CD-again-${serial}`
    await ai('POST', '/api/calls/', { call_sid: again, caller_number: caller_number.slice(1) })
    const held = `CD-held-${serial}`
    await ai('POST', '/api/calls/', { call_sid: held, caller_number })
    await as('admin')('POST', `/api/calls/${held}/hold/`, { reason: 'court' })
    const dry = await eraseCaller(server.ctx, caller_number, true)
    assert.deepEqual([dry.calls, dry.erased, dry.held.length, dry.incident_ids.length], [3, 0, 1, 1])
    const done = await eraseCaller(server.ctx, caller_number, false)
    assert.deepEqual([done.calls, done.erased, done.utterances], [3, 2, 1])
    const rest = await eraseCaller(server.ctx, caller_number, false)
    assert.deepEqual([rest.calls, rest.erased], [1, 0], 'the held one alone is found')
    const facts = await sql(
      `SELECT count(*) AS n FROM facts WHERE type = 'caller_data_erased'
      AND call_id = $1 AND NOT data::text LIKE $2`,
      [first.id, `%${caller_number.slice(1)}%`],
    )
    assert.equal(facts[0].n, 1)
  })
})
