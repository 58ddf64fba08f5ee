import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { startTestServer, type TestServer } from '../../test/support/test-server.ts'

let server: TestServer

before(async () => {
  server = await startTestServer()
})
after(() => server.close())

/** Sends bytes and gives all that comes until the connection ends. */
function sendRaw(text: string): Promise<string> {
  const { port, hostname } = new URL(server.baseUrl)
  return new Promise((resolve, reject) => {
    let reply = ''
    const socket = connect(Number(port), hostname, () => socket.write(text))
    socket.setTimeout(20_000, () => socket.destroy(new Error('no answer came')))
    socket.on('data', (bytes) => {
      reply += bytes
    })
    socket.on('error', reject).on('close', () => resolve(reply))
  })
}

const close = 'Connection: close\r\n\r\n'
const post = `POST /api/calls/ HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n`
const long = 'x'.repeat(20_000)

/** What never becomes a request of a route, and the status it is answered with. */
const cases: [string, () => string, number][] = [
  ['what is not HTTP', () => 'HELLO\r\n\r\n', 400],
  ['a field without a name', () => `GET /health/live HTTP/1.1\r\nHost: a\r\n: b\r\n${close}`, 400],
  ['two lengths', () => `${post}Content-Length: 1\r\nContent-Length: 2\r\n${close}{}`, 400],
  ['a length that is none', () => `${post}Content-Length: -1\r\n${close}`, 400],
  [
    'a broken chunk',
    () => `${post}X-API-Key: ${server.key}\r\nTransfer-Encoding: chunked\r\n${close}zz\r\n{}\r\n`,
    400,
  ],
  ['no host', () => `GET /health/live HTTP/1.1\r\n${close}`, 400],
  ['no host, and no such path', () => `GET /none HTTP/1.1\r\n${close}`, 400],
  [
    'fields that are too long',
    () => `GET /health/live HTTP/1.1\r\nHost: a\r\nX-Long: ${long}\r\n${close}`,
    431,
  ],
  ['an address that is too long', () => `GET /${long} HTTP/1.1\r\nHost: a\r\n${close}`, 431],
  ['an expectation nobody meets', () => `${post}Expect: 200-ok\r\nContent-Length: 2\r\n${close}{}`, 417],
  ['an expectation of nothing', () => `GET /health/live HTTP/1.1\r\nHost: a\r\nExpect: x\r\n${close}`, 417],
  ['fields that do not end', () => 'GET /health/live HTTP/1.1\r\nHost: a\r\n', 408],
]

describe('what no route answers', { concurrency: true }, () => {
  for (const [name, text, status] of cases) {
    test(`${name}: ${status} with a request id`, { timeout: 30_000 }, async () => {
      const reply = await sendRaw(text())
      assert.equal(reply.split('HTTP/1.1 ').length, 2, 'one reply')
      assert.match(reply, new RegExp(`^HTTP/1\\.1 ${status} \\S`))
      const end = reply.indexOf('\r\n\r\n')
      const head = reply.slice(0, end)
      assert.match(head, /^x-request-id: [0-9a-f]{8}-[0-9a-f-]{27}$/im)
      assert.match(head, /^content-type: application\/json; charset=utf-8$/im)
      assert.match(head, /^connection: close$/im)
      const body = JSON.parse(reply.slice(end + 4))
      assert.deepEqual([body.code, typeof body.detail], ['invalid', 'string'])
    })
  }
})

test('each has an id of its own', async () => {
  const replies = await Promise.all([sendRaw('HELLO\r\n\r\n'), sendRaw('HELLO\r\n\r\n')])
  assert.equal(new Set(replies.map((reply) => /x-request-id: (\S+)/i.exec(reply)?.[1])).size, 2)
})

test('an id that is sent comes back where the fields could be read', async () => {
  const fields = 'X-Request-Id: trace-12345678\r\n'
  for (const more of ['Host: a\r\nExpect: x\r\n', '']) {
    const reply = await sendRaw(`GET /health/live HTTP/1.1\r\n${more}${fields}${close}`)
    assert.match(reply, /^x-request-id: trace-12345678$/im)
  }
})

test('a body that may be sent is still asked for, and HTTP/1.0 needs no host', async () => {
  const body = JSON.stringify({ call_sid: 'continued', caller_number: '1' })
  const length = `X-API-Key: ${server.key}\r\nContent-Length: ${body.length}\r\n`
  const reply = await sendRaw(`${post}${length}Expect: 100-continue\r\n${close}${body}`)
  assert.match(reply, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201 Created\r\n/)
  assert.match(await sendRaw('GET /health/live HTTP/1.0\r\n\r\n'), /^HTTP\/1\.1 200 /)
})
