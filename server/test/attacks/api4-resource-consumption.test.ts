import assert from 'node:assert/strict'
import net from 'node:net'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { type Cast, fromAnywhere, openCast } from './cast.ts'
import { everything, fillPath, sampleOf } from './samples.ts'
import { createSender, inParallel, sendBytes } from './send.ts'

const limit = { timeout: 240_000 }
let cast: Cast
let sender: ReturnType<typeof createSender>

before(async () => {
  cast = await openCast()
  sender = createSender(cast.server.baseUrl)
})
after(async () => {
  sender.close()
  await cast.close()
})

const key = () => ({ 'x-api-key': cast.keys.ai_dispatcher, ...fromAnywhere() })
/** The server still takes calls; asked after each attempt to keep it busy. */
async function stillServes(): Promise<void> {
  const body = { call_sid: `CA-after-${Math.random()}`, caller_number: '1' }
  const sent = { method: 'POST', path: '/api/calls/', headers: key(), body }
  assert.equal((await sender.send(sent)).status, 201)
}

describe('a body', limit, () => {
  const open = (body: string, more: Record<string, string> = {}) =>
    sender.send({ method: 'POST', path: '/api/calls/', headers: { ...key(), ...more }, body })
  const call = (text: string) => `{"call_sid":"CA-large","caller_number":"1","location":${text}}`
  const cases: [what: string, body: () => string, status: number, more?: Record<string, string>][] = [
    ['of 256 KB is read', () => call(`"${'x'.repeat(256 * 1_024 - 100)}"`), 400],
    ['of more than that is not', () => call(`"${'x'.repeat(256 * 1_024)}"`), 413],
    ['of 20 levels is read', () => call(`${'['.repeat(19)}1${']'.repeat(19)}`), 400],
    ['of 21 levels is not', () => call(`${'['.repeat(20)}1${']'.repeat(20)}`), 400],
    ['of 50,000 levels is not', () => call('['.repeat(50_000) + ']'.repeat(50_000)), 400],
    ['of objects in objects is not', () => call(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`), 400],
    ['of 20,000 fields', () => `{${Array.from({ length: 20_000 }, (_, at) => `"f${at}":1`).join()}}`, 400],
    ['of one number of 200,000 digits', () => call('9'.repeat(200_000)), 400],
    ['of one exponent', () => call('1e99999999'), 400],
    ['of 200,000 commas', () => `[${','.repeat(200_000)}]`, 400],
    ['of 200,000 blanks', () => `${' '.repeat(200_000)}{}`, 400],
  ]
  for (const [what, body, status, more] of cases) {
    test(what, async () => {
      const seen = await open(body(), more)
      assert.equal(seen.status, status, seen.text.slice(0, 200))
      assert.ok(seen.text.length < 10_000_000)
      await stillServes()
    })
  }

  test('that is packed is not unpacked: 100 MB in 100 KB are no more than 100 KB', async () => {
    const packed = gzipSync(Buffer.alloc(100_000_000, ' '))
    assert.ok(packed.length < 256 * 1_024)
    for (const encoding of ['gzip', 'deflate', 'br', 'gzip, gzip']) {
      const headers = { ...key(), 'content-encoding': encoding }
      const seen = await sender.send({ method: 'POST', path: '/api/calls/', headers, body: packed })
      assert.equal(seen.status, 400, seen.text)
    }
    await stillServes()
  })

  test('too large is refused on every operation, before a stranger’s is read at all', limit, async () => {
    const body = `{"a":"${'x'.repeat(260 * 1_024)}"}`
    await inParallel(
      everything.filter((one) => one[1].body),
      async ([id, operation]) => {
        const { method, who } = operation
        const path = fillPath(operation)
        const seen = await sender
          .send({ method, path, body, headers: fromAnywhere() })
          .catch((error: NodeJS.ErrnoException) => {
            // The reply may come, and the connection end, while the rest is still being sent.
            assert.ok(['EPIPE', 'ECONNRESET'].includes(error.code ?? ''), id)
            return undefined
          })
        if (seen) assert.equal(seen.status, who === 'anyone' ? 413 : 401, id)
      },
    )
    await stillServes()
  })
})

test('a page has a limit on every list, and no list is without one', limit, async () => {
  const lists = everything.filter(([, { query, method }]) => method === 'GET' && query)
  const paged = lists.filter(([, { query }]) =>
    JSON.stringify(query?.toJSONSchema({ io: 'input', unrepresentable: 'any' })).includes('page_size'),
  )
  assert.ok(paged.length > 8)
  for (const [id, operation] of paged) {
    const { who } = operation
    const role =
      who === 'anyone' ? undefined : (['supervisor', 'admin'] as const).find((one) => who.includes(one))
    assert.ok(role, id)
    for (const size of ['1001', '999999999', '-1', '0', '1.5', '1e9', 'all', '9'.repeat(400)]) {
      const path = fillPath(operation)
      const { status, body } = await cast.people[role].ask('GET', `${path}?page_size=${size}`)
      assert.deepEqual([status, Array.isArray(body.page_size)], [400, true], `${id} ${size}`)
    }
  }
})

test('lists in a body have a limit', async () => {
  const many = <T>(count: number, make: (at: number) => T) =>
    Array.from({ length: count }, (_, at) => make(at + 1))
  const positions = many(501, (id) => ({ id, latitude: 1, longitude: 1 }))
  const { dispatcher, supervisor } = cast.people
  const cases: [string, string, object, string][] = [
    ['POST', '/api/positions/', { positions }, 'positions'],
    ['POST', '/api/incidents/1/assignments/', { order_id: 'x', unit_ids: many(21, Number) }, 'unit_ids'],
  ]
  for (const [method, path, body, field] of cases) {
    const seen = await dispatcher.ask(method, path, body)
    assert.deepEqual([seen.status, Array.isArray(seen.body[field])], [400, true], path)
  }
  const words = { ...sampleOf('createUnit'), capabilities: many(51, String) }
  assert.equal((await supervisor.ask('POST', '/api/units/', words)).status, 400)
})

describe('fields of the head', limit, () => {
  const get = (fields: string) =>
    sendBytes(
      cast.server.baseUrl,
      `GET /health/live HTTP/1.1\r\nHost: a\r\n${fields}Connection: close\r\n\r\n`,
    )
  const some = (count: number, size: number) =>
    Array.from({ length: count }, (_, at) => `x-${at}: ${'y'.repeat(size)}\r\n`).join('')
  const cases: [what: string, fields: string, status: RegExp][] = [
    ['of 10 KB', some(100, 80), /^HTTP\/1\.1 200 /],
    ['of 20 KB in one', some(1, 20_000), /^HTTP\/1\.1 431 /],
    ['of 20 KB in many', some(500, 40), /^HTTP\/1\.1 431 /],
    ['that are 100,000', some(100_000, 0), /^HTTP\/1\.1 431 /],
    ['of 1 MB', some(1_000, 1_000), /^HTTP\/1\.1 431 /],
  ]
  for (const [what, fields, status] of cases) {
    test(what, async () => {
      // A server that closes while the rest still comes may take its own reply back with the connection.
      const reply = await get(fields)
      if (reply !== '' || fields.length < 15_000) assert.match(reply, status)
      await stillServes()
    })
  }
})

test(
  'who sends a letter a second, or a body that never ends, is cut off; others are served',
  limit,
  async () => {
    const { hostname, port } = new URL(cast.server.baseUrl)
    /** Sends the beginning at once and then a letter a second; gives what was answered before the end. */
    const drip = (begin: string, letter: string) =>
      new Promise<string>((done) => {
        let text = ''
        const socket = net.connect(Number(port), hostname, () => socket.write(begin))
        const timer = setInterval(() => socket.write(letter), 1_000)
        socket.setEncoding('utf8').on('data', (part: string) => {
          text += part
        })
        socket.on('error', () => {})
        socket.on('close', () => {
          clearInterval(timer)
          done(text)
        })
      })
    const head = `POST /api/calls/ HTTP/1.1\r\nHost: a\r\nX-API-Key: ${cast.keys.ai_dispatcher}\r\n`
    const json = 'Content-Type: application/json\r\n'
    const slow = [
      ...Array.from({ length: 50 }, () => drip('GET /health/live HTTP/1.1\r\nHost: a\r\nX-Slow: ', 'y')),
      ...Array.from({ length: 50 }, () => drip(`${head}${json}Content-Length: 100000\r\n\r\n{`, ' ')),
      drip(`${head}${json}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'),
    ]
    await stillServes()
    for (const reply of await Promise.all(slow)) assert.match(reply, /^(HTTP\/1\.1 408 |$)/)
    await stillServes()
  },
)

test('many who ask for streams with a bad credential hold nothing open', limit, async () => {
  const asked = Array.from({ length: 300 }, () => 0)
  await inParallel(asked, async () => {
    const headers = { 'x-api-key': 'tone_wrong', ...fromAnywhere() }
    assert.equal((await sender.send({ method: 'GET', path: '/api/stream/', headers })).status, 401)
  })
  const metrics = await (await fetch(`${cast.server.baseUrl}/metrics`)).text()
  assert.match(metrics, /^toneout_streams 0$/m)
})
