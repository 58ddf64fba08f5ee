import assert from 'node:assert/strict'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import fastify from 'fastify'
import { until } from '../lib/embedded-postgres/processes.ts'
import { type OpenStream, openStream } from './outlet.ts'

test('what can wait is not written while something is unread', { timeout: 400_000 }, async () => {
  const app = fastify()
  let stream: OpenStream | undefined
  app.get('/', (_, reply) => {
    stream = openStream(reply, '', 0, () => {})
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const reply = await new Promise<http.IncomingMessage>((resolve, reject) => {
    http.get({ port, host: '127.0.0.1', agent: false }, resolve).on('error', reject)
  })
  const bytes = Buffer.from('event: positions\ndata: {"units":[]}\n\n')
  assert.ok(await until(() => stream?.offer(bytes) ?? false, 60_000))
  // More than the sockets of both ends hold.
  stream?.write(`: ${'x'.repeat(30_000_000)}\n\n`)
  assert.equal(stream?.offer(bytes), false)
  let read = 0
  reply.on('data', (part: Buffer) => {
    read += part.length
  })
  assert.ok(await until(() => read > 30_000_000 && stream?.offer(bytes) === true, 90_000))
  reply.destroy()
  assert.ok(await until(() => stream?.offer(bytes) === false, 60_000))
  await app.close()
})
