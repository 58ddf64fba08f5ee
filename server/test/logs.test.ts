import assert from 'node:assert/strict'
import http from 'node:http'
import { connect } from 'node:net'
import { after, before, beforeEach, describe, test } from 'node:test'
import { until } from '../lib/embedded-postgres/processes.ts'
import { openStream } from './support/event-stream.ts'
import { asker, type Seen, withKey } from './support/http.ts'
import { startTestServer, type TestServer } from './support/test-server.ts'

/** What must never be in a log line, in the body of an error or in the metrics. */
const canary = {
  number: '+15550164738',
  words: 'canarywords my husband collapsed',
  place: 'canaryplace 17 Elm Street',
  key: 'tone_canarykeycanarykeycanarykey',
  password: 'canary-password-4711',
  token: 'eyJjYW5hcnl0b2tlbg.canarytoken.canarysignature',
  cookie: 'canarycookiecanarycookie',
}
const secrets = [
  ...Object.values(canary),
  '5550164738',
  'canary',
  'jYW5hcnl0b2tlbg',
  'my husband',
  'Elm Street',
]

describe('what callers say and what opens doors is in no log, error or metric', { timeout: 120_000 }, () => {
  let server: TestServer
  const seen: Seen[] = []
  let granted: string[] = []

  /** Asks, and keeps the reply when it is an error. */
  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
    key = server.key,
  ) => {
    const reply = await withKey(server.baseUrl, key)(method, path, body, headers)
    if (reply.status >= 400) seen.push(reply)
    return reply
  }

  before(async () => {
    server = await startTestServer()
  })
  after(() => server.close())
  beforeEach(() => {
    server.logged.length = 0
    seen.length = 0
  })

  /** The lines and bodies so far hold no canary; the reply's own secrets count too. */
  async function assertClean(): Promise<void> {
    const metrics = await (await fetch(`${server.baseUrl}/metrics`)).text()
    const all = [
      ...server.logged,
      metrics,
      ...seen.map((one) => JSON.stringify([one.body, ...one.headers.entries()])),
    ]
    const hidden = [...secrets, ...granted, server.key, server.readerKey, server.password]
    for (const text of all) {
      for (const secret of hidden)
        assert.ok(!text.includes(secret), `${secret} is in ${text.slice(0, 2_000)}`)
    }
  }

  test('good requests', async () => {
    const { number: caller_number, place: location, words: message } = canary
    const opened = await ask('POST', '/api/calls/', { call_sid: 'logs', caller_number, location })
    assert.equal(opened.status, 201)
    const path = '/api/calls/logs/interactions/'
    const headers = { 'idempotency-key': canary.key }
    const added = await ask('POST', path, { speaker: 'CALLER', message, is_final: false }, headers)
    assert.equal(added.status, 201)
    const revised = { message: `${message} just now`, is_final: true }
    assert.equal((await ask('PATCH', `${path}${added.body.id}/`, revised)).status, 200)
    assert.equal((await ask('PATCH', '/api/calls/logs/', { caller_number, status: 'COMPLETED' })).status, 200)
    const query = new URLSearchParams({ search: 'canarywords', caller_number })
    assert.equal((await ask('GET', `/api/calls/?${query}`)).body.count, 1)
    await assertClean()
  })

  test('signing in: passwords, tokens and cookies', async () => {
    const { username, password, baseUrl } = server
    const tokens = await ask('POST', '/api/token/', { username, password })
    assert.equal(tokens.status, 200)
    await ask('POST', '/api/token/refresh/', { refresh: tokens.body.refresh })
    await ask('POST', '/api/token/refresh/', { refresh: canary.token })
    await ask('POST', '/api/token/', { username, password: canary.password })
    await ask('POST', '/api/token/', { username: canary.number, password: [canary.password] })
    const stranger = asker(baseUrl, {})
    const signed = await stranger('POST', '/api/auth/sign-in/', { username, password })
    assert.equal(signed.status, 200)
    const cookie = signed.headers.getSetCookie()[0]?.split(';')[0] as string
    granted = [tokens.body.access, tokens.body.refresh, cookie.split('=')[1] as string]
    seen.push(
      await stranger('GET', '/api/me/', undefined, { cookie: `${cookie.split('=')[0]}=${canary.cookie}` }),
    )
    for (const authorization of [`Bearer ${canary.token}`, `Token ${canary.key}`, canary.key, 'Bearer']) {
      const reply = await stranger('GET', '/api/calls/', undefined, { authorization })
      assert.equal(reply.status, 401)
      seen.push(reply)
    }
    assert.equal((await stranger('POST', '/api/auth/sign-out/', undefined, { cookie })).status, 204)
    await assertClean()
  })

  test('bad requests', async () => {
    const { number, words, place } = canary
    const json = { 'content-type': 'application/json' }
    const refused = [
      await ask('POST', '/api/calls/', { call_sid: [number], caller_number: { number }, status: words }),
      await ask('POST', '/api/calls/', { call_sid: 'x', caller_number: number.repeat(20), latitude: place }),
      await ask('POST', '/api/calls/', `{"call_sid":"x","caller_number":"${number}"`, json),
      await ask('POST', '/api/calls/', `["${words}"]`, json),
      await ask('POST', '/api/calls/', { call_sid: 'x', caller_number: `${number}\0` }),
      await ask('POST', '/api/calls/', words.repeat(20_000), json),
      await ask('POST', '/api/calls/', words, { 'content-type': 'text/plain' }),
      await ask('GET', `/api/calls/${encodeURIComponent(number)}/`),
      await ask('GET', `/api/calls/${number}%zz/`),
      await ask('GET', `/${encodeURIComponent(words)}`),
      await ask('GET', `/api/calls/?status=${encodeURIComponent(words)}&created_after=${number}`),
      await ask('GET', `/api/calls/?cursor=${encodeURIComponent(number)}`),
      await ask('POST', `/api/calls/${encodeURIComponent(number)}/interactions/`, {
        speaker: words,
        message: [words],
      }),
      await ask('PATCH', '/api/calls/logs/', { status: 'ACTIVE', location: place }),
      await ask('GET', '/api/stream/', undefined, { 'last-event-id': words }, server.readerKey),
    ]
    for (const reply of refused) assert.ok(reply.status >= 400 && reply.status < 500, `${reply.status}`)
    const broken = await brokenRequest(
      `GET /api/calls/?search=${canary.key} HTTP/1.1\r\nauthorization ${words}\r\n\r\n`,
    )
    assert.match(broken, /^HTTP\/1.1 400/)
    for (const secret of secrets) assert.ok(!broken.includes(secret), broken)
    await assertClean()
  })

  /** Sends bytes that are not HTTP; gives what comes back. */
  function brokenRequest(text: string): Promise<string> {
    return new Promise((done, failed) => {
      let got = ''
      const socket = connect(Number(new URL(server.baseUrl).port), '127.0.0.1', () => socket.end(text))
      socket
        .on('data', (bytes) => (got += bytes))
        .on('close', () => done(got))
        .on('error', failed)
    })
  }

  /** Makes writes of interactions fail, or be slow, in the database. */
  async function spoil(how: string): Promise<void> {
    await server.ctx.db.pool.query(
      `CREATE OR REPLACE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql
         AS $$ BEGIN ${how} RETURN NEW; END $$;
       DROP TRIGGER IF EXISTS spoil ON call_interactions;
       CREATE TRIGGER spoil BEFORE INSERT ON call_interactions FOR EACH ROW EXECUTE FUNCTION spoil()`,
    )
  }

  test('faults of the database whose message, detail and hint quote what was said', async () => {
    const fault = (code: string) =>
      `RAISE EXCEPTION 'no room for %', NEW.message
        USING DETAIL = NEW.message, HINT = NEW.message, ERRCODE = '${code}', TABLE = NEW.message;`
    const path = '/api/calls/logs/interactions/'
    const said = [canary.words, `first line\n    at ${canary.words}\n    at (${canary.number}:1:1)`]
    for (const code of ['P0001', '23514', '22P02', '55P03', '40001']) {
      await spoil(fault(code))
      for (const message of said) {
        const reply = await ask('POST', path, { speaker: 'CALLER', message })
        assert.equal(reply.status, ['55P03', '40001'].includes(code) ? 503 : 500, code)
        assert.deepEqual(Object.keys(reply.body).sort(), ['code', 'detail', 'request_id'])
      }
    }
    assert.ok(server.logged.some((line) => line.includes('"msg":"fault"')))
    await assertClean()
  })

  test('a failing timeline, and a slow request, which is logged', async () => {
    await spoil("PERFORM pg_sleep(1.2); RAISE NOTICE '%', NEW.message;")
    const slow = await ask('POST', '/api/calls/logs/interactions/', {
      speaker: 'CALLER',
      message: canary.words,
    })
    assert.equal(slow.status, 201)
    const stream = await openStream(server.baseUrl, { 'x-api-key': server.readerKey }, '/api/stream/?after=0')
    await stream.take('fact', 3)
    await server.ctx.db.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    )
    assert.ok(await until(() => server.logged.some((line) => line.includes('connection')), 60_000))
    stream.close()
    await assertClean()
  })

  test('a client that goes away in the middle of its words', async () => {
    const headers = { 'x-api-key': server.key, 'content-type': 'application/json', 'content-length': '1000' }
    const request = http.request(`${server.baseUrl}/api/calls/`, { method: 'POST', headers })
    request.on('error', () => {})
    request.write(`{"call_sid":"gone","caller_number":"${canary.number}"`)
    await until(() => request.socket?.bytesWritten !== undefined && request.socket.bytesWritten > 100, 60_000)
    request.destroy()
    assert.equal((await ask('GET', '/api/calls/gone/')).status, 404)
    await assertClean()
  })
})
