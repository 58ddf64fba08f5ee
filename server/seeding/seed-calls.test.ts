import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { hasOthers, seedCalls } from './seed-calls.ts'

const limit = { timeout: 120_000 }
const now = new Date('2026-11-21T07:00:00Z')

let server: TestServer
let chief: Ask

before(async () => {
  server = await startTestServer()
  chief = (await signIn(server, 'chief', 'supervisor')).ask
}, limit)
after(() => server.close())

const seed = (calls: number) =>
  seedCalls(server.database.connection, server.ctx.vault, { calls, interactions: 12, now })

test(
  'seeded calls are found by number, words and place, and a second seeding adds to them',
  limit,
  async () => {
    assert.equal(await hasOthers(server.database.connection), false)
    await seed(120)
    await seed(80)
    assert.equal(await hasOthers(server.database.connection), false)
    const { body } = await chief('GET', '/api/calls/?more=true&page_size=200')
    assert.equal(body.count, 200)
    const [call] = body.results
    assert.equal(call.created_at, now.toISOString())
    assert.ok(call.seconds_to_dispatch > 0 && call.seconds_to_scene > call.seconds_to_dispatch)
    assert.match(call.units[0], /^SEED-\d+$/)
    const { body: lines } = await chief('GET', `/api/calls/${call.call_sid}/interactions/`)
    assert.equal(lines.length, 12)
    const number = encodeURIComponent(`+1555${1_000_000 + call.id}`)
    const byNumber = await chief('GET', `/api/calls/?caller_number=${number}`)
    assert.equal(byNumber.body.results[0].call_sid, call.call_sid)
    for (const search of [lines[1].message, call.location, call.incident]) {
      const found = await chief('GET', `/api/calls/?search=${encodeURIComponent(search)}&page_size=200`)
      const sids = found.body.results.map((one: { call_sid: string }) => one.call_sid)
      assert.ok(sids.includes(call.call_sid), search)
    }
  },
)

test('a call that was not seeded is seen', limit, async () => {
  await withKey(server.baseUrl, server.key)('POST', '/api/calls/', {
    call_sid: 'CA1',
    caller_number: '+1555',
  })
  assert.equal(await hasOthers(server.database.connection), true)
})
