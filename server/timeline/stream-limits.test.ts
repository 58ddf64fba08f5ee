import assert from 'node:assert/strict'
import http from 'node:http'
import { after, before, describe, test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { until } from '../lib/embedded-postgres/processes.ts'
import { type EventStream, openStream } from '../test/support/event-stream.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

const range = (count: number) => Array.from({ length: count }, (_, at) => at)
const limit = { timeout: 400_000 }

describe('limits of the live stream', () => {
  let server: TestServer
  let ask: Ask
  const streams: EventStream[] = []

  before(async () => {
    server = await startTestServer()
    ask = withKey(server.baseUrl, server.key)
    assert.equal((await ask('POST', '/api/calls/', { call_sid: 'talk', caller_number: '1' })).status, 201)
  })
  after(async () => {
    for (const stream of streams) stream.close()
    await server.close()
  })

  const query = async (text: string, values: unknown[] = []) =>
    (await server.ctx.db.pool.query(text, values)).rows
  const newest = async () => Number((await query('SELECT max(id) AS id FROM facts'))[0].id)
  const listen = async (path?: string) => {
    const stream = await openStream(server.baseUrl, { 'x-api-key': server.readerKey }, path)
    streams.push(stream)
    await stream.take('hello')
    return stream
  }
  const say = (message: string) =>
    ask('POST', '/api/calls/talk/interactions/', { speaker: 'CALLER', message })
  const assertAll = async (stream: EventStream, after: number) => {
    const all = (await query('SELECT id FROM facts WHERE id > $1 ORDER BY id', [after])).map((row) => row.id)
    await until(() => stream.facts().length >= all.length || stream.isOver(), 180_000)
    assert.equal(stream.isOver(), false, `cut off after ${stream.facts().length} of ${all.length} facts`)
    assert.deepEqual(stream.facts(), all)
  }
  const cut = async () => {
    const text = await (await fetch(`${server.baseUrl}/metrics`)).text()
    return Number(/^toneout_streams_cut_total (\d+)/m.exec(text)?.[1])
  }

  test('two megabytes of words committed together reach a reader that reads', limit, async () => {
    const from = await newest()
    const live = await listen()
    await Promise.all(range(100).map(() => say('Ω'.repeat(20_000))))
    await assertAll(live, from)
  })

  test('a reader far behind gets them as a replay, and is not cut off for ever', limit, async () => {
    const from = await newest()
    await Promise.all(range(100).map(() => say('Ω'.repeat(20_000))))
    await assertAll(await listen(`/api/stream/?after=${from}`), from)
  })

  test(
    'a gap as long as the limit is replayed; one longer, or a cursor from the future, is reset',
    limit,
    async () => {
      const from = await newest()
      await query(`INSERT INTO facts (at, type, actor_kind, actor_name, data)
      SELECT now(), 'call_updated', 'system', 'test', '{}' FROM generate_series(1, 10000)`)
      const whole = await listen(`/api/stream/?after=${from}`)
      await assertAll(whole, from)
      assert.ok(whole.events.every((one) => one.event !== 'reset'))
      const now = await newest()
      for (const after of [from - 1, now + 1, Number.MAX_SAFE_INTEGER]) {
        const stream = await listen(`/api/stream/?after=${after}`)
        const [reset] = await stream.take('reset')
        assert.deepEqual(reset, { id: now, event: 'reset', data: { cursor: now } })
        assert.deepEqual(stream.facts(), [])
      }
      const readers = streams.slice(-3)
      await say('after the reset')
      for (const reader of readers) await reader.take('fact', 1)
      for (const reader of readers) await assertAll(reader, now)
    },
  )

  test(
    'readers that do not read are cut off, the others go on, and memory stays bounded',
    limit,
    async () => {
      for (const stream of streams) stream.close()
      setFlagsFromString('--expose-gc')
      const collect = runInNewContext('gc') as () => void
      const used = () => {
        collect()
        const { heapUsed, external } = process.memoryUsage()
        return (heapUsed + external) / 1_048_576
      }
      const slow = await Promise.all(range(20).map(() => listen()))
      const [start, before] = [await newest(), await cut()]
      const reader = await listen()
      for (const stream of slow) stream.pause()
      const idle = used()
      let most = 0
      for (let sent = 0; sent < 3_000 && (await cut()) - before < slow.length; sent += 4) {
        await Promise.all(range(4).map(() => say('Ω'.repeat(20_000))))
        if (sent % 40 === 0) {
          most = Math.max(most, used() - idle)
          // What the reader keeps is the test's own memory.
          for (const event of reader.events) event.data = undefined
        }
      }
      assert.equal((await cut()) - before, slow.length)
      await assertAll(reader, start)
      // A megabyte for each of them, 1.25 of it as text that is not sent, and some room.
      assert.ok(most < 20 * 4 + 64, `${most} MB more`)
    },
  )

  test('HEAD is answered and does not hang', limit, async () => {
    const status = await new Promise<number | undefined>((done, failed) => {
      const options = { method: 'HEAD', headers: { 'x-api-key': server.readerKey }, timeout: 60_000 }
      const request = http.request(`${server.baseUrl}/api/stream/`, options, (reply) => {
        reply.resume().on('end', () => done(reply.statusCode))
      })
      request.on('timeout', () => request.destroy(new Error('no end came'))).on('error', failed)
      request.end()
    })
    assert.ok(status === 200 || status === 404 || status === 405, `${status}`)
  })

  test('closing the server ends its streams promptly', limit, async () => {
    const other = await startTestServer()
    const open = await Promise.all(
      range(5).map(() => openStream(other.baseUrl, { 'x-api-key': other.readerKey })),
    )
    for (const stream of open) await stream.take('hello')
    const closed = other.close().then(() => true)
    assert.ok(await until(() => open.every((stream) => stream.isOver()), 60_000))
    assert.equal(await closed, true)
  })
})
