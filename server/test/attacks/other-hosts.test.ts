import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { createSender, sendBytes } from './send.ts'

const limit = { timeout: 120_000 }

describe('a server that knows its public name', limit, () => {
  let named: TestServer
  let proxied: TestServer
  let nameless: TestServer
  before(async () => {
    const publicUrl = 'https://dispatch.example:8443'
    named = await startTestServer({ config: { publicUrl, allowedHosts: ['toneout', '10.0.0.5'] } })
    const { database } = named
    proxied = await startTestServer({ database, config: { publicUrl, trustProxy: true } })
    nameless = await startTestServer({ database })
  })
  after(async () => {
    for (const server of [nameless, proxied, named]) await server.close()
  })

  const statusOf = async (server: TestServer, path: string, headers: Record<string, string>) => {
    const sender = createSender(server.baseUrl)
    const { status, text } = await sender.send({
      method: 'GET',
      path,
      headers: { 'x-api-key': named.key, ...headers },
    })
    sender.close()
    if (status === 400) assert.match(JSON.parse(text).detail, /another name/)
    return status
  }
  const forwarded = { 'x-forwarded-for': '203.0.113.7' }

  const cases: [host: string, headers: Record<string, string>, status: number][] = [
    ['dispatch.example', {}, 200],
    ['DISPATCH.example:8443', {}, 200],
    ['dispatch.example.', forwarded, 200],
    ['toneout:8080', forwarded, 200],
    ['10.0.0.5', {}, 200],
    ['localhost:8080', {}, 200],
    ['127.0.0.1', {}, 200],
    ['[::1]:8080', {}, 200],
    ['127.0.0.1', forwarded, 400],
    ['localhost', { forwarded: 'for=203.0.113.7' }, 400],
    ['evil.example', {}, 400],
    ['dispatch.example.evil.example', {}, 400],
    ['evil.example:dispatch.example', {}, 400],
    ['dispatch.example@evil.example', {}, 400],
    ['10.0.0.6', {}, 400],
    ['127.0.0.1.evil.example', {}, 400],
    ['', forwarded, 400],
  ]
  for (const [host, headers, status] of cases) {
    test(`${host || 'no name'}${Object.keys(headers)} is ${status}`, async () => {
      assert.equal(await statusOf(named, '/api/calls/', { host, ...headers }), status)
      assert.equal(await statusOf(named, '/health/live', { host, ...headers }), 200)
      assert.equal(await statusOf(nameless, '/api/calls/', { host, ...headers }), 200)
    })
  }

  test('by what the proxy says it was sent to, and only where there is one', async () => {
    const host = '127.0.0.1:8080'
    const ours = { host, ...forwarded, 'x-forwarded-host': 'dispatch.example' }
    const others = { host: 'dispatch.example', ...forwarded, 'x-forwarded-host': 'evil.example' }
    assert.equal(await statusOf(proxied, '/api/calls/', ours), 200)
    assert.equal(await statusOf(proxied, '/api/calls/', others), 400)
    assert.equal(await statusOf(named, '/api/calls/', ours), 400)
  })

  test('health is no way around it, nor is an old version of HTTP', async () => {
    const host = 'evil.example'
    for (const path of [
      '/health/livex',
      '/health/live/../../api/calls/',
      '/api/calls/?/health/live',
      '/metrics',
    ]) {
      const status = await statusOf(named, path, { host })
      assert.ok(status === 400 || status === 404, `${path} ${status}`)
    }
    const bytes = (path: string) =>
      `GET ${path} HTTP/1.0\r\nHost: evil.example\r\nX-API-Key: ${named.key}\r\n\r\n`
    assert.match(await sendBytes(named.baseUrl, bytes('/api/calls/')), /^HTTP\/1\.1 400 /)
    assert.match(await sendBytes(named.baseUrl, 'GET /health/ready HTTP/1.0\r\n\r\n'), /^HTTP\/1\.1 200 /)
  })
})
