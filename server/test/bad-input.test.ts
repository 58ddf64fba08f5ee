import assert from 'node:assert/strict'
import http from 'node:http'
import { after, before, describe, test } from 'node:test'
import { refusals } from '@toneout/contract/refusals.ts'
import fc from 'fast-check'
import { maskedCall } from '../calls/caller.ts'
import { type Ask, withKey } from './support/http.ts'
import { sids } from './support/odd-bodies.ts'
import { type OddRequest, oddRequest } from './support/odd-requests.ts'
import { startTestServer, type TestServer } from './support/test-server.ts'

const limit = { timeout: 400_000 }
/** Requests in all; each run of the property sends some at the same time. */
const [runs, together] = [500, 20]

type Got = { status: number; type: string; body: string }

describe('whatever is sent, the server answers 2xx or 4xx and goes on', () => {
  let server: TestServer
  let ask: Ask
  let agent: http.Agent
  /** How many answers of each status there were. */
  const statuses = new Map<number, number>()

  before(async () => {
    server = await startTestServer({ config: { trustProxy: true } })
    ask = withKey(server.baseUrl, server.key)
    agent = new http.Agent({ keepAlive: true, maxSockets: together })
    for (const call_sid of sids) await ask('POST', '/api/calls/', { call_sid, caller_number: '1' })
  })
  after(async () => {
    agent.destroy()
    await server.close()
  })

  /** Sends the bytes as they are; a stream that begins is enough. */
  function send({ method, path, headers, body }: OddRequest): Promise<Got> {
    return new Promise((done, failed) => {
      const options = { method, headers, agent, timeout: 20_000 }
      const request = http.request(server.baseUrl, { ...options, path }, (reply) => {
        const { statusCode: status = 0 } = reply
        const type = reply.headers['content-type'] ?? ''
        let text = ''
        const end = () => done({ status, type, body: text })
        reply.setEncoding('utf8').on('data', (part: string) => {
          text += part
          if (type.startsWith('text/event-stream')) request.destroy()
        })
        reply.on('end', end).on('close', end)
      })
      request.on('timeout', () => request.destroy(new Error('no answer came')))
      request.on('error', (error: NodeJS.ErrnoException) => {
        // A body over the limit may be refused while it is still being sent.
        const cut = ['EPIPE', 'ECONNRESET'].includes(error.code ?? '') && (body?.length ?? 0) > 255 * 1_024
        if (cut) done({ status: 413, type: '', body: '' })
        else failed(error)
      })
      request.end(body)
    })
  }

  function assertErrorShape({ status, type, body }: Got): void {
    assert.match(type, /^application\/json/)
    const { code, detail, error, ...fields } = JSON.parse(body)
    const known = refusals[code as keyof typeof refusals]
    assert.ok(known, `${code} is not a refusal of the contract`)
    // Node's own parser answers 408 and 431.
    if (status !== 431 && status !== 408) assert.equal(known.status, status)
    assert.equal(typeof detail, 'string')
    if (status === 409) assert.equal(error, detail)
    for (const [name, messages] of Object.entries(fields)) {
      assert.ok(Array.isArray(messages) && messages.every((one) => typeof one === 'string'), name)
    }
  }

  test(`${runs * together} requests of any kind on every operation`, limit, async () => {
    const { key, readerKey, username, password } = server
    const person = { authorization: 'Bearer of a person' }
    const credentials: Record<string, string>[] = [
      { 'x-api-key': key },
      { authorization: `Token ${readerKey}` },
      person,
    ]
    const check = async (requests: OddRequest[]) => {
      // A new one each time: some requests sign the person out everywhere.
      const { access } = (await ask('POST', '/api/token/', { username, password })).body
      for (const { headers } of requests) {
        if (headers.authorization === person.authorization) headers.authorization = `Bearer ${access}`
      }
      const answers = await Promise.all(requests.map(send))
      for (const [at, got] of answers.entries()) {
        statuses.set(got.status, (statuses.get(got.status) ?? 0) + 1)
        const { method, path, headers } = requests[at] as OddRequest
        const told = `${method} ${path} ${JSON.stringify(headers)} -> ${got.status} ${got.body.slice(0, 300)}`
        assert.ok(got.status >= 200 && got.status < 500 && (got.status < 300 || got.status >= 400), told)
        if (got.status < 400 || got.type === '') continue
        try {
          assertErrorShape(got)
        } catch (error) {
          throw new Error(`${told}: ${(error as Error).message}`)
        }
      }
      assert.equal((await ask('GET', '/health/live')).status, 200)
    }
    const requests = fc.array(oddRequest(credentials), { minLength: together, maxLength: together })
    // The seed of a failing run is in its report; give it as `seed` here to see it again.
    const endless = { numRuns: runs, interruptAfterTimeLimit: 300_000, markInterruptAsFailure: true }
    await fc.assert(fc.asyncProperty(requests, check), endless)
    const many = (status: number) => (statuses.get(status) ?? 0) > 20
    const met = JSON.stringify([...statuses])
    assert.ok([200, 201, 400, 401, 404, 413, 415].every(many), `too much of one kind: ${met}`)
  })

  test('afterwards it serves, its calls can be read, and it logged no fault', limit, async () => {
    assert.equal((await ask('GET', '/health/ready')).status, 200)
    const opened = await ask('POST', '/api/calls/', { call_sid: 'afterwards', caller_number: '1' })
    assert.equal(opened.status, 201)
    for (let path = '/api/calls/?page_size=200', pages = 0; path && pages < 100; pages += 1) {
      const page = await ask('GET', path)
      assert.equal(page.status, 200)
      for (const call of page.body.results.slice(0, 20)) {
        const read = await ask('GET', `/api/calls/${encodeURIComponent(call.call_sid)}/`)
        // A call_sid of dots is a path of dots, which clients resolve before they send it.
        if (!/^\.{1,2}$/.test(call.call_sid)) assert.deepEqual(maskedCall(read.body), call)
      }
      path = page.body.next?.replace(server.baseUrl, '')
    }
    const faults = server.logged.filter((line) => JSON.parse(line).level >= 50)
    assert.deepEqual(faults.slice(0, 3), [])
  })

  test('what it stores it gives back unchanged', limit, async () => {
    const good = fc.string({ unit: 'binary', maxLength: 60 }).filter((text) => !text.includes('\0'))
    const known = good.filter((text) => !/^(undefined|null)?$/i.test(text.trim()))
    const moment = fc.date({ min: new Date('1900-01-01'), max: new Date('2026-01-01'), noInvalidDate: true })
    const given = fc.record({
      message: known,
      location: known,
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      sequence: fc.nat(),
      spoken_at: moment,
      created_at: moment,
      key: fc.option(fc.uuid()),
    })
    let calls = 0
    const check = async ({ message, location, latitude, confidence, sequence, ...times }: Sent) => {
      calls += 1
      const path = `/api/calls/back-${calls}/`
      const created_at = times.created_at.toISOString()
      const opening = { call_sid: `back-${calls}`, caller_number: '1', location, latitude, created_at }
      const opened = (await ask('POST', '/api/calls/', opening)).body
      assert.deepEqual(
        { location: opened.location, latitude: opened.latitude, created_at: opened.created_at },
        { location: location.trim(), latitude: latitude + 0, created_at },
      )
      assert.deepEqual((await ask('GET', path)).body, opened)
      const words = {
        speaker: 'CALLER',
        message,
        confidence,
        sequence,
        spoken_at: times.spoken_at.toISOString(),
      }
      const headers: Record<string, string> = times.key ? { 'idempotency-key': times.key } : {}
      const added = (await ask('POST', `${path}interactions/`, words, headers)).body
      assert.deepEqual({ ...added, ...words, confidence: confidence + 0 }, added)
      if (times.key) assert.deepEqual((await ask('POST', `${path}interactions/`, words, headers)).body, added)
      assert.deepEqual((await ask('GET', `${path}interactions/`)).body, [added])
    }
    type Sent = Parameters<typeof given.filter>[0] extends (one: infer One) => unknown ? One : never
    await fc.assert(fc.asyncProperty(given, check), { numRuns: 300 })
  })

  test('an instant of any year is refused by name or given back unchanged', limit, async () => {
    const years = ['0000', '0001', '0050', '0099', '0100', '1582', '1899', '1970', '2025']
    const instants = years.flatMap((year) => [`${year}-01-01T00:00:00.000Z`, `${year}-12-31T23:59:59.999Z`])
    for (const [at, created_at] of instants.entries()) {
      const opening = { call_sid: `year-${at}`, caller_number: '1', created_at, answered_at: created_at }
      const opened = await ask('POST', '/api/calls/', opening)
      assert.ok(
        opened.status === 201 || opened.body.created_at?.length > 0,
        `${created_at}: ${opened.status}`,
      )
      if (opened.status !== 201) continue
      const { body } = await ask('GET', `/api/calls/year-${at}/`)
      assert.deepEqual([body.created_at, body.answered_at], [created_at, created_at])
      assert.deepEqual(body, opened.body)
    }
    for (const value of ['9999-12-31T23:59:59-23:59', '0001-01-01T00:00:00+23:59', '0000-02-29']) {
      for (const name of ['created_at', 'answered_at']) {
        const opening = { call_sid: `edge-${name}-${value}`, caller_number: '1', [name]: value }
        const { status } = await ask('POST', '/api/calls/', opening)
        assert.ok(status === 201 || status === 400, `${name} ${value}: ${status}`)
      }
      const { status } = await ask('GET', `/api/calls/?created_after=${encodeURIComponent(value)}`)
      assert.ok(status === 200 || status === 400, `created_after ${value}: ${status}`)
    }
  })

  test('a forged cursor is refused', limit, async () => {
    const keys = ['0000000000', '----------', '2026-02-30 00:00:00+00', '2026-13-01 00:00:00+00', '9', 'x']
    for (const key of keys) {
      for (const ordering of ['-created_at', 'completed_at', 'priority_level']) {
        const cursor = Buffer.from(JSON.stringify([ordering, key, 1, 'f'])).toString('base64url')
        const { status } = await ask('GET', `/api/calls/?ordering=${ordering}&cursor=${cursor}`)
        const fits = key === '9' && ordering === 'priority_level'
        assert.equal(status, fits ? 200 : 400, `${ordering} ${key}`)
      }
    }
  })
})
