import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { makeKey, startTestServer, type TestServer } from '../support/test-server.ts'
import { everything, fillPath, sampleOf } from './samples.ts'
import { type Answer, createSender, sendBytes } from './send.ts'

const limit = { timeout: 240_000 }
let server: TestServer
/** The same behind TLS, as its public address says. */
let behindTls: TestServer
let sender: ReturnType<typeof createSender>
let supervisorKey: Record<string, string>

before(async () => {
  server = await startTestServer({ console: true, config: { corsOrigins: ['https://desk.example'] } })
  behindTls = await startTestServer({
    database: server.database,
    console: true,
    config: { publicUrl: 'https://dispatch.example', corsOrigins: ['https://desk.example'] },
  })
  sender = createSender(server.baseUrl)
  supervisorKey = { 'x-api-key': await makeKey(server.ctx, 'reader') }
})
after(async () => {
  sender.close()
  await behindTls.close()
  await server.close()
})

const policyOf = ({ headers }: Answer) => String(headers['content-security-policy'])

/** What every reply has, a page's as a refusal's. */
function assertGuarded(answer: Answer, what: string): void {
  const { headers } = answer
  assert.equal(headers['x-content-type-options'], 'nosniff', what)
  assert.equal(headers['referrer-policy'], 'no-referrer', what)
  assert.match(policyOf(answer), /default-src 'none'.*frame-ancestors 'none'/, what)
  assert.match(String(headers['x-request-id']), /^[\w.-]{8,64}$/, what)
  for (const name of ['server', 'x-powered-by', 'via', 'x-aspnet-version'])
    assert.equal(headers[name], undefined, what)
}

const json = { 'content-type': 'application/json' }
const kinds: [what: string, request: () => Parameters<typeof sender.send>[0], status: number][] = [
  ['a reading', () => ({ method: 'GET', path: '/api/calls/', headers: supervisorKey }), 200],
  [
    'a writing',
    () => ({
      method: 'POST',
      path: '/api/calls/',
      headers: { 'x-api-key': server.key },
      body: sampleOf('openCall'),
    }),
    201,
  ],
  ['a fault in a body', () => ({ method: 'POST', path: '/api/token/', body: {} }), 400],
  ['JSON that is none', () => ({ method: 'POST', path: '/api/token/', headers: json, body: '{' }), 400],
  ['a path that is none', () => ({ method: 'GET', path: '/%E0%A4%A' }), 400],
  ['no credential', () => ({ method: 'GET', path: '/api/calls/' }), 401],
  ['another role', () => ({ method: 'GET', path: '/api/people/', headers: supervisorKey }), 403],
  ['nothing there', () => ({ method: 'GET', path: '/nothing' }), 404],
  ['no such file', () => ({ method: 'GET', path: '/assets/nothing.js' }), 404],
  [
    'another type',
    () => ({ method: 'POST', path: '/api/token/', headers: { 'content-type': 'a/b' }, body: 'x' }),
    415,
  ],
  [
    'a body too large',
    () => ({ method: 'POST', path: '/api/token/', body: 'x'.repeat(256 * 1_024 + 1) }),
    413,
  ],
  ['health', () => ({ method: 'GET', path: '/health/ready' }), 200],
  ['metrics', () => ({ method: 'GET', path: '/metrics' }), 200],
  ['the document', () => ({ method: 'GET', path: '/openapi.json' }), 200],
  ['the page', () => ({ method: 'GET', path: '/' }), 200],
  ['the icon', () => ({ method: 'GET', path: '/favicon.svg' }), 200],
  ['the reference', () => ({ method: 'GET', path: '/docs/' }), 200],
  ['a head alone', () => ({ method: 'HEAD', path: '/' }), 200],
]

describe('security headers', limit, () => {
  for (const [what, request, status] of kinds) {
    test(`are on ${what}`, async () => {
      const answer = await sender.send(request())
      assert.equal(answer.status, status, answer.text.slice(0, 300))
      assertGuarded(answer, what)
    })
  }

  test('are on what never becomes a request of a route', async () => {
    for (const bytes of [
      'HELLO\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: a\r\nExpect: x\r\nConnection: close\r\n\r\n',
    ]) {
      const reply = await sendBytes(server.baseUrl, bytes)
      for (const line of [
        /^x-content-type-options: nosniff$/im,
        /^content-security-policy: default-src 'none'/im,
      ]) {
        assert.match(reply, line)
      }
    }
  })

  test('of files of the page, which are kept for ever and are for the page alone', async () => {
    const { text } = await sender.send({ method: 'GET', path: '/' })
    const files = [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path as string)
    assert.ok(files.length >= 3)
    for (const path of files) {
      const answer = await sender.send({ method: 'GET', path })
      assert.equal(answer.status, 200, path)
      assertGuarded(answer, path)
      assert.equal(answer.headers['cross-origin-resource-policy'], 'same-origin', path)
      if (path.startsWith('/assets/')) assert.match(String(answer.headers['cache-control']), /immutable/)
    }
  })

  test('of pages: no script but its own, nothing inline, no frame, no device', async () => {
    const nonces = new Set<string>()
    for (const path of ['/', '/', '/docs/']) {
      const answer = await sender.send({ method: 'GET', path })
      const scripts = /script-src ([^;]*)/.exec(policyOf(answer))?.[1] ?? ''
      assert.doesNotMatch(scripts, /unsafe|\*|https?:|data:|blob:/, path)
      for (const directive of [`base-uri 'none'`, `frame-ancestors 'none'`, `default-src 'none'`]) {
        assert.ok(policyOf(answer).includes(directive), `${path} ${directive}`)
      }
      const { headers } = answer
      assert.equal(headers['cross-origin-opener-policy'], 'same-origin')
      assert.equal(headers['cross-origin-resource-policy'], 'same-origin')
      assert.equal(headers['x-frame-options'], 'DENY')
      assert.match(String(headers['permissions-policy']), /camera=\(\).*microphone=\(\)/)
      assert.equal(headers['cache-control'], 'no-store')
      const nonce = /'nonce-([^']+)'/.exec(policyOf(answer))?.[1]
      if (path === '/') nonces.add(nonce ?? '')
    }
    assert.equal(nonces.size, 2, 'each page has a nonce of its own')
    const { text } = await sender.send({ method: 'GET', path: '/' })
    assert.doesNotMatch(text, /<script(?![^>]*\bsrc=)|\son\w+=|javascript:|__NONCE__/i)
  })

  test('ask for TLS behind TLS only', async () => {
    const paths = ['/', '/api/calls/', '/nothing', '/health/live', '/docs/', '/favicon.svg']
    for (const path of paths) {
      const plain = await fetch(server.baseUrl + path)
      assert.equal(plain.headers.get('strict-transport-security'), null, path)
      const secure = await fetch(behindTls.baseUrl + path)
      assert.match(secure.headers.get('strict-transport-security') ?? '', /^max-age=\d{8}/, path)
    }
  })
})

describe('a fault tells nothing of the inside', limit, () => {
  const inside =
    /\bat [\w.]+ \(|node_modules|\.ts\b|\/work|\/home|\/tmp|SELECT |pg_|relation "|syntax error|FST_|ECONN/i

  test('whatever each operation is given', limit, async () => {
    const odd = ['[]', 'null', '"x"', '1', '{"a":', '{"":""}', '\u0000', '{"id":{"$gt":""}}']
    for (const [, operation] of everything) {
      if (operation.media === 'text/event-stream') continue
      for (const credential of [{}, supervisorKey, { 'x-api-key': server.key }]) {
        for (const body of operation.body ? odd : [undefined]) {
          const path = fillPath(operation, { id: "1'", call_sid: "1'" })
          const { status, text } = await sender.send({
            method: operation.method,
            path,
            headers: credential,
            body,
          })
          assert.ok(status < 500, `${operation.path} ${status}`)
          if (status >= 400) assert.doesNotMatch(text, inside, operation.path)
        }
      }
    }
  })

  test('when a table is not there', limit, async () => {
    const own = await startTestServer()
    try {
      const send = createSender(own.baseUrl)
      await own.ctx.db.pool.query('ALTER TABLE calls RENAME TO calls_away')
      const headers = { 'x-api-key': own.key }
      const { status, text } = await send.send({ method: 'GET', path: '/api/calls/', headers })
      assert.equal(status, 500)
      const { request_id, ...rest } = JSON.parse(text)
      assert.deepEqual(rest, { code: 'internal', detail: 'Something went wrong' })
      assert.ok(request_id)
      send.close()
    } finally {
      await own.close()
    }
  })
})

describe('verbs nobody promised', limit, () => {
  const paths = [
    '/',
    '/api/calls/',
    '/api/people/1/',
    '/health/live',
    '/docs/',
    '/openapi.json',
    '/assets/x.js',
  ]
  for (const method of [
    'TRACE',
    'TRACK',
    'DELETE',
    'PROPFIND',
    'MKCOL',
    'DEBUG',
    'LINK',
    'PURGE',
    'get',
    'OPTIONS',
  ]) {
    test(`${method} is refused everywhere, and echoes nothing`, async () => {
      for (const path of paths) {
        const bytes = `${method} ${path} HTTP/1.1\r\nHost: a\r\nX-Canary: echoed\r\nConnection: close\r\n\r\n`
        const reply = await sendBytes(server.baseUrl, bytes)
        assert.match(reply, /^HTTP\/1\.1 4\d\d /, `${method} ${path}`)
        assert.doesNotMatch(reply, /echoed/)
      }
    })
  }
  test('CONNECT opens no tunnel', async () => {
    const reply = await sendBytes(
      server.baseUrl,
      'CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1:22\r\n\r\n',
    )
    assert.doesNotMatch(reply, /^HTTP\/1\.1 2|SSH/)
  })
})

test('other origins: only those listed, never with a cookie, and nobody else is told which', async () => {
  const asked: [origin: string, allowed: boolean][] = [
    ['https://desk.example', true],
    ['http://desk.example', false],
    ['https://desk.example.evil.example', false],
    ['https://evildesk.example', false],
    ['https://DESK.example', false],
    ['https://desk.example:8443', false],
    ['null', false],
    ['*', false],
  ]
  const preflight = {
    'access-control-request-method': 'PATCH',
    'access-control-request-headers': 'authorization',
  }
  for (const [origin, allowed] of asked) {
    for (const method of ['GET', 'OPTIONS']) {
      const headers = { origin, ...(method === 'OPTIONS' ? preflight : supervisorKey) }
      const { headers: got } = await sender.send({ method, path: '/api/calls/', headers })
      assert.equal(got['access-control-allow-origin'], allowed ? origin : undefined, `${method} ${origin}`)
      assert.equal(got['access-control-allow-credentials'], undefined)
      assert.match(String(got.vary ?? ''), /origin/i)
    }
  }
})
