import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import type { Operation } from '@toneout/contract/operation.ts'
import { operations } from '@toneout/contract/operations/all.ts'
import { type Ask, asker, withKey } from '../../test/support/http.ts'
import { startTestServer, type TestServer } from '../../test/support/test-server.ts'

let server: TestServer
let ask: Ask

before(async () => {
  server = await startTestServer({ config: { corsOrigins: ['https://desk.example'] } })
  ask = withKey(server.baseUrl, server.key)
})
after(() => server.close())

const call = { call_sid: 'H1', caller_number: '+1' }
const jsonType = { 'content-type': 'application/json' }

describe('the one error shape', () => {
  const cases: [string, string, string, BodyInit, Record<string, string>, number, string][] = [
    ['no such path', 'GET', '/api/none/', '', {}, 404, 'not_found'],
    ['no such path at the root', 'GET', '/none', '', {}, 404, 'not_found'],
    ['no such verb', 'DELETE', '/api/calls/', '', {}, 404, 'not_found'],
    ['broken JSON', 'POST', '/api/calls/', '{', jsonType, 400, 'invalid'],
    ['no body', 'POST', '/api/calls/', '', jsonType, 400, 'invalid'],
    ['an array', 'POST', '/api/calls/', '[]', jsonType, 400, 'invalid'],
    ['null', 'POST', '/api/calls/', 'null', jsonType, 400, 'invalid'],
    ['too deep', 'POST', '/api/calls/', `{"a":${'['.repeat(30)}${']'.repeat(30)}}`, jsonType, 400, 'invalid'],
    ['NUL', 'POST', '/api/calls/', '{"call_sid":"a\\u0000","caller_number":"1"}', jsonType, 400, 'invalid'],
    [
      'half a surrogate pair',
      'POST',
      '/api/calls/',
      '{"call_sid":"\\ud800","caller_number":"1"}',
      jsonType,
      400,
      'invalid',
    ],
    ['NUL in the path', 'GET', '/api/calls/a%00b/', '', {}, 400, 'invalid'],
    ['broken escape in the path', 'GET', '/api/calls/%E0%A4/', '', {}, 400, 'invalid'],
    [
      'another type',
      'POST',
      '/api/calls/',
      'x',
      { 'content-type': 'text/plain' },
      415,
      'unsupported_media_type',
    ],
    ['too large', 'POST', '/api/calls/', 'x'.repeat(256 * 1024 + 1), jsonType, 413, 'body_too_large'],
  ]
  for (const [name, method, path, body, headers, status, code] of cases) {
    test(name, async () => {
      const seen = await ask(method, path, body === '' ? undefined : body, headers)
      assert.deepEqual([seen.status, seen.body.code, typeof seen.body.detail], [status, code, 'string'])
      assert.ok(seen.headers.get('x-request-id'))
    })
  }

  test('a fault in a field is told by the name of the field', async () => {
    const { body } = await ask(
      'POST',
      '/api/calls/',
      '{"call_sid":"a","caller_number":"1","location":"\\u0000"}',
      jsonType,
    )
    assert.deepEqual(body.location, ['Must not contain the NUL character.'])
  })

  test('not HTTP at all', async () => {
    const { port, hostname } = new URL(server.baseUrl)
    const reply = await new Promise<string>((resolve, reject) => {
      let text = ''
      const socket = connect(Number(port), hostname, () => socket.write('HELLO\r\n\r\n'))
      socket.on('data', (bytes) => {
        text += bytes
      })
      socket.on('error', reject).on('close', () => resolve(text))
    })
    assert.match(reply, /^HTTP\/1\.1 400 .*"code":"invalid"/s)
  })
})

test('a stranger gets 401 before the body is read', async () => {
  const seen = await asker(server.baseUrl, {})('POST', '/api/calls/', '{', jsonType)
  assert.equal(seen.status, 401)
})

test('the charset is understood and a form only where it is promised', async () => {
  assert.equal(
    (
      await ask('POST', '/api/calls/', JSON.stringify(call), {
        'content-type': 'application/json; charset=utf-8',
      })
    ).status,
    201,
  )
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  assert.equal((await ask('POST', '/api/auth/sign-in/', 'username=a&password=b', form)).status, 415)
})

test('a request id that is sent comes back, nonsense does not', async () => {
  const sent = await ask('GET', '/health/live', undefined, { 'x-request-id': 'trace-12345678' })
  assert.equal(sent.headers.get('x-request-id'), 'trace-12345678')
  const odd = await ask('GET', '/health/live', undefined, { 'x-request-id': 'a b' })
  assert.match(odd.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/)
})

test('other origins may ask only when they are listed', async () => {
  const origin = (from: string) => ask('GET', '/health/live', undefined, { origin: from })
  assert.equal(
    (await origin('https://desk.example')).headers.get('access-control-allow-origin'),
    'https://desk.example',
  )
  assert.equal((await origin('https://evil.example')).headers.get('access-control-allow-origin'), null)
})

test('every operation is there, and lets in nobody without a credential unless it says so', async () => {
  const stranger = asker(server.baseUrl, {})
  for (const [id, operation] of Object.entries(operations) as [string, Operation][]) {
    const path = operation.path.replace(/\{\w+\}/g, '1')
    const { status } = await stranger(operation.method, path)
    if (operation.who === 'anyone') assert.ok(status !== 404, `${id} ${status}`)
    else assert.equal(status, 401, id)
  }
})

test('ready, metrics and the reference are served', async () => {
  const ready = await ask('GET', '/health/ready')
  assert.deepEqual([ready.status, ready.body.checks], [200, { database: true, migrations: true }])
  const metrics = await ask('GET', '/metrics')
  assert.match(String(metrics.body), /http_request_duration_seconds_count.*\n/)
  assert.doesNotMatch(String(metrics.body), /H1/)
  assert.equal((await ask('GET', '/openapi.json')).body.openapi, '3.1.1')
  const docs = await ask('GET', '/docs/')
  assert.equal(docs.status, 200)
  assert.doesNotMatch(String(docs.body), /(src|href)="https?:/)
})
