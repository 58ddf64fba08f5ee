import assert from 'node:assert/strict'
import http from 'node:http'
import { after, before, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { until } from '../lib/embedded-postgres/processes.ts'
import { type EventStream, openStream } from '../test/support/event-stream.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

const range = (count: number) => Array.from({ length: count }, (_, at) => at)
const limit = { timeout: 400_000 }
const path = '/api/calls/long/interactions/'
/** As long as words may be, and each other words. */
const wordsOf = (at: number) => `${at} ${'Ω'.repeat(20_000)}`.slice(0, 20_000)

type Fact = { id: number; interaction: { message: string } | null }

describe('a replay of more than eight megabytes', () => {
  let server: TestServer
  let ask: Ask
  let from: number
  const streams: EventStream[] = []

  const query = async (text: string, values: unknown[] = []) =>
    (await server.ctx.db.pool.query(text, values)).rows
  const say = async (message: string) => {
    const { status } = await ask('POST', path, { speaker: 'CALLER', message })
    assert.equal(status, 201)
  }
  const idsFrom = async () =>
    (await query('SELECT id FROM facts WHERE id > $1 ORDER BY id', [from])).map((row) => row.id)
  const cut = async () => {
    const text = await (await fetch(`${server.baseUrl}/metrics`)).text()
    return Number(/^toneout_streams_cut_total (\d+)/m.exec(text)?.[1])
  }

  before(async () => {
    server = await startTestServer()
    ask = withKey(server.baseUrl, server.key)
    assert.equal((await ask('POST', '/api/calls/', { call_sid: 'long', caller_number: '1' })).status, 201)
    from = Number((await query('SELECT max(id) AS id FROM facts'))[0].id)
    // A few at a time, so that the order of the facts is not that of one group.
    for (const part of range(20)) await Promise.all(range(30).map((at) => say(wordsOf(part * 30 + at))))
  })
  after(async () => {
    for (const stream of streams) stream.close()
    await server.close()
  })

  test('reaches a reader that reads, with what is said meanwhile', limit, async () => {
    const headers = { 'x-api-key': server.readerKey, 'last-event-id': String(from) }
    const stream = await openStream(server.baseUrl, headers)
    streams.push(stream)
    const talk = (async () => {
      for (const at of range(20)) await say(wordsOf(1_000 + at))
    })()
    await stream.take('fact', 1)
    await talk
    const ids = await idsFrom()
    assert.equal(ids.length, 620)
    assert.ok(await until(() => stream.facts().length >= ids.length || stream.isOver(), 180_000))
    assert.equal(stream.isOver(), false, `cut off after ${stream.facts().length} facts`)
    assert.deepEqual(stream.facts(), ids)
    assert.ok(stream.events.every(({ event }) => event !== 'reset'))
    const heard = stream.events.flatMap(({ event, data }) =>
      event === 'fact' ? [(data as Fact).interaction?.message] : [],
    )
    const stored = await query('SELECT message FROM call_interactions')
    const expected = stored.map((row) => row.message as string)
    assert.deepEqual(heard.toSorted(), expected.toSorted())
    await say('and then live')
    assert.equal((await stream.take('fact', ids.length + 1)).length, ids.length + 1)
    assert.equal(await cut(), 0)
  })

  test('reaches a reader that takes longer than the patience for one that does not read', limit, async () => {
    const ids = await idsFrom()
    const start = performance.now()
    let text = ''
    let isOver = false
    const reply = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const headers = { 'x-api-key': server.readerKey }
      const url = `${server.baseUrl}/api/stream/?after=${from}`
      http.get(url, { headers, agent: false }, resolve).on('error', reject)
    })
    reply.setEncoding('utf8')
    reply.on('close', () => {
      isOver = true
    })
    const seen = () => [...text.matchAll(/^id: (\d+)\nevent: fact$/gm)].map(([, id]) => Number(id))
    try {
      // A megabyte or two at once and then a rest of almost a second, far past the patience in all.
      let most = 0
      reply.on('data', (part: string) => {
        text += part
        if (text.length < most) return
        most = text.length + 1_200_000
        reply.pause()
        void delay(700).then(() => reply.resume())
      })
      const last = `id: ${ids.at(-1)}\n`
      await until(() => isOver || text.includes(last), 360_000, 100)
      assert.equal(isOver, false, `cut off after ${seen().length} facts`)
      assert.deepEqual(seen(), ids)
      assert.ok(performance.now() - start > 6_000)
      assert.equal(await cut(), 0)
    } finally {
      reply.destroy()
    }
  })
})
