import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { type Ask, type Seen, withKey } from '../test/support/http.ts'
import { someoneWaits } from '../test/support/locks.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

const range = (count: number) => Array.from({ length: count }, (_, at) => at)
const limit = { timeout: 300_000 }

let server: TestServer
let ask: Ask
let made = 0

before(async () => {
  server = await startTestServer()
  ask = withKey(server.baseUrl, server.key)
})
after(() => server.close())

/** Calls the process has just written. */
async function known(count: number): Promise<string[]> {
  const sids = range(count).map(() => `known-${++made}`)
  const opened = await Promise.all(
    sids.map((call_sid) => ask('POST', '/api/calls/', { call_sid, caller_number: '+15550100' })),
  )
  for (const { status } of opened) assert.equal(status, 201)
  return sids
}

/** Calls that were opened behind the process's back. */
async function unknown(count: number): Promise<string[]> {
  const sids = range(count).map(() => `unknown-${++made}`)
  await server.ctx.db.pool.query(
    `INSERT INTO calls (call_sid, caller_number, created_at, updated_at)
      SELECT sid, '+15550100', now(), now() FROM unnest($1::text[]) AS s(sid)`,
    [sids],
  )
  return sids
}

/** Somebody's open transaction that holds the row of a call. */
async function hold(call_sid: string): Promise<() => Promise<void>> {
  const somebody = new pg.Client(server.database.connection)
  await somebody.connect()
  await somebody.query('BEGIN')
  await somebody.query('SELECT 1 FROM calls WHERE call_sid = $1 FOR UPDATE', [call_sid])
  let held = true
  return async () => {
    if (!held) return
    held = false
    await somebody.query('ROLLBACK')
    await somebody.end()
  }
}

type Timed = Seen & { ms: number }

async function timed(sent: Promise<Seen>): Promise<Timed> {
  const start = performance.now()
  const seen = await sent
  return { ...seen, ms: performance.now() - start }
}

/** Words for a call, or a change of it: each kind takes its own statements. */
function write(call_sid: string, at: number): Promise<Timed> {
  const path = `/api/calls/${call_sid}/`
  return timed(
    at % 3 === 0
      ? ask('PATCH', path, { location: `${at} Oak Street` })
      : ask('POST', `${path}interactions/`, { speaker: 'CALLER', message: `words ${at}` }),
  )
}

/** 30 writes for other calls and, at two places among them, 2 for the one that is held. */
async function writeAll(others: string[], held: string, places: readonly [number, number]) {
  const sids = [...others]
  for (const place of places) sids.splice(place, 0, held)
  const seen = await Promise.all(sids.map(write))
  const isHeld = (_: unknown, at: number) => sids[at] === held
  return { held: seen.filter(isHeld), others: seen.filter((one, at) => !isHeld(one, at)) }
}

function assertWritten(seen: readonly Timed[]): void {
  for (const { status } of seen) assert.ok(status === 200 || status === 201, `${status}`)
}

const slowest = (seen: readonly Timed[]) => Math.max(...seen.map(({ ms }) => ms))

/** Everything works again: words are numbered one by one and nothing that was refused is there. */
async function assertWorks(sids: readonly string[]): Promise<void> {
  for (const call_sid of sids) {
    const path = `/api/calls/${call_sid}/interactions/`
    const { body: before } = await ask('GET', path)
    const { status, body } = await ask('POST', path, { speaker: 'CALLER', message: 'after' })
    assert.equal(status, 201)
    const { body: now } = await ask('GET', path)
    assert.equal(now.length, before.length + 1)
    assert.deepEqual(now.at(-1), body)
  }
}

const kinds = [
  ['calls the process knows', known],
  ['calls the process does not know', unknown],
] as const
const placings = [
  ['side by side', [9, 10]],
  ['far apart', [8, 24]],
] as const

for (const [name, make] of kinds) {
  describe(`${name}, one of them held by somebody`, () => {
    for (const [where, places] of placings) {
      test(`the others are written meanwhile; its two writes come ${where}`, limit, async () => {
        const [held = '', ...others] = await make(31)
        const release = await hold(held)
        try {
          const seen = await writeAll(others, held, places)
          for (const { status, body, headers } of seen.held) {
            assert.deepEqual([status, body.code], [503, 'internal'])
            assert.ok(Number(headers.get('retry-after')) > 0)
          }
          assertWritten(seen.others)
          // They waited with it once at most, and were not kept until it was given up.
          assert.ok(slowest(seen.others) < slowest(seen.held))
          assertWritten(await Promise.all(others.map(write)))
        } finally {
          await release()
        }
        assert.deepEqual((await ask('GET', `/api/calls/${held}/interactions/`)).body, [])
        assert.equal((await ask('GET', `/api/calls/${held}/`)).body.location, '')
        await assertWorks([held, ...others])
      })
    }

    test('it is waited for when it is let go early', limit, async () => {
      const [held = '', ...others] = await make(31)
      const release = await hold(held)
      try {
        const writing = writeAll(others, held, [8, 24])
        await someoneWaits(server.database)
        await release()
        const seen = await writing
        assertWritten(seen.others)
        assertWritten(seen.held)
      } finally {
        await release()
      }
      await assertWorks([held, ...others])
    })
  })
}
