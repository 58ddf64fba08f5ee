import assert from 'node:assert/strict'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { type Exchange, openAgent } from './agent.ts'
import { createRandom } from './random.ts'

type Heard = { method?: string; url?: string; headers: IncomingMessage['headers']; body: string }
type Told = { status: number; body?: unknown; headers?: Record<string, string> } | 'cut'

/** A server that says what the test wants and remembers what it was asked. */
async function startStandIn(t: TestContext, answer: (heard: Heard, n: number) => Told) {
  const heard: Heard[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    const one = { method: request.method, url: request.url, headers: request.headers, body }
    heard.push(one)
    const told = answer(one, heard.length)
    if (told === 'cut') return void request.socket.destroy()
    response.writeHead(told.status, { 'content-type': 'application/json', ...told.headers })
    response.end(JSON.stringify(told.body ?? {}))
  })
  server.listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return { heard, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

const line = {
  params: { call_sid: 'CA 1/2' },
  headers: { 'idempotency-key': 'CA1-1' },
  body: { speaker: 'CALLER', message: 'hi' },
}
const token = (secondsLeft: number, name: string) => {
  const claims = { exp: Math.floor(Date.now() / 1_000) + secondsLeft, name }
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`
}

test('no reply, 503 and 429 are sent again with the same key and body', async (t) => {
  const answers: Told[] = [
    'cut',
    { status: 503 },
    { status: 429, headers: { 'retry-after': '1' } },
    { status: 201 },
  ]
  const { heard, baseUrl } = await startStandIn(t, (_, n) => answers[n - 1]!)
  const exchanges: Exchange[] = []
  const options = { baseUrl, credential: { key: 'tone_x' }, random: createRandom('1') }
  const agent = openAgent({ ...options, onExchange: (one) => exchanges.push(one) })
  const began = Date.now()
  const { status } = await agent.send('addInteraction', line)
  assert.equal(status, 201)
  assert.ok(Date.now() - began >= 1_000, 'Retry-After is kept')
  assert.deepEqual(
    exchanges.map((one) => one.status),
    [0, 503, 429, 201],
  )
  assert.deepEqual(
    exchanges.map((one) => one.retried),
    [false, true, true, true],
  )
  for (const one of heard) {
    assert.equal(one.url, '/api/calls/CA%201%2F2/interactions/')
    assert.equal(one.headers['idempotency-key'], 'CA1-1')
    assert.equal(one.headers.authorization, 'Bearer tone_x')
    assert.deepEqual(JSON.parse(one.body), line.body)
  }
})

test('a refusal is an answer: it is not sent again', async (t) => {
  const { heard, baseUrl } = await startStandIn(t, () => ({ status: 400, body: { code: 'invalid' } }))
  const agent = openAgent({ baseUrl, credential: { key: 'k' }, random: createRandom('1') })
  assert.equal((await agent.send('addInteraction', line)).status, 400)
  assert.equal(heard.length, 1)
})

test('tries are bounded', async (t) => {
  const { heard, baseUrl } = await startStandIn(t, () => ({ status: 500 }))
  const agent = openAgent({ baseUrl, credential: { key: 'k' }, random: createRandom('1'), tries: 3 })
  assert.equal((await agent.send('addInteraction', line)).status, 500)
  assert.equal(heard.length, 3)
  const gone = openAgent({
    baseUrl: 'http://127.0.0.1:9',
    credential: { key: 'k' },
    random: createRandom('1'),
    tries: 2,
  })
  await assert.rejects(gone.send('addInteraction', line))
})

/** A stand-in that gives tokens and takes only the newest. */
function tokenServer(t: TestContext, life: { first: number; later: number }) {
  let valid = ''
  let given = 0
  return startStandIn(t, ({ url, headers }) => {
    if (url === '/api/token/' || url === '/api/token/refresh/') {
      valid = token(given === 0 ? life.first : life.later, `token ${++given}`)
      return { status: 200, body: { access: valid, refresh: 'long lived' } }
    }
    return { status: headers.authorization === `Bearer ${valid}` ? 201 : 401 }
  })
}
const person = { username: 'agent', password: 'secret' }

test('many calls at once sign in once', async (t) => {
  const { heard, baseUrl } = await tokenServer(t, { first: 3_600, later: 3_600 })
  const agent = openAgent({ baseUrl, credential: person, random: createRandom('1') })
  const answers = await Promise.all(Array.from({ length: 20 }, () => agent.send('addInteraction', line)))
  assert.ok(answers.every(({ status }) => status === 201))
  assert.deepEqual(agent.session, { logins: 1, refreshes: 0 })
  assert.deepEqual(JSON.parse(heard[0]!.body), person)
})

test('a token about to expire is refreshed before it is used, once for all calls', async (t) => {
  const { heard, baseUrl } = await tokenServer(t, { first: 0, later: 3_600 })
  const agent = openAgent({ baseUrl, credential: person, random: createRandom('1') })
  await agent.send('addInteraction', line)
  await Promise.all(Array.from({ length: 10 }, () => agent.send('addInteraction', line)))
  assert.deepEqual(agent.session, { logins: 1, refreshes: 1 })
  const refreshes = heard.filter(({ url }) => url === '/api/token/refresh/')
  assert.deepEqual(JSON.parse(refreshes[0]!.body), { refresh: 'long lived' })
})

test('a 401 in mid-call is answered by a refresh and the same request again', async (t) => {
  let refused = false
  const { heard, baseUrl } = await startStandIn(t, ({ url, headers }) => {
    if (url === '/api/token/') return { status: 200, body: { access: 'first', refresh: 'r' } }
    if (url === '/api/token/refresh/') return { status: 200, body: { access: 'second' } }
    if (refused || headers.authorization === 'Bearer second') return { status: 201 }
    refused = true
    return { status: 401 }
  })
  const agent = openAgent({ baseUrl, credential: person, random: createRandom('1') })
  assert.equal((await agent.send('addInteraction', line)).status, 201)
  assert.deepEqual(
    heard.map(({ url }) => url?.split('/')[2]),
    ['token', 'calls', 'token', 'calls'],
  )
  assert.equal(heard[1]!.body, heard[3]!.body)
})

test('a refused refresh leads to a new login, a refused login to an error', async (t) => {
  let logins = 0
  const { baseUrl } = await startStandIn(t, ({ url, headers }) => {
    if (url === '/api/token/')
      return ++logins > 2 ? { status: 401 } : { status: 200, body: { access: `a${logins}`, refresh: 'r' } }
    if (url === '/api/token/refresh/') return { status: 401 }
    return { status: headers.authorization === 'Bearer a2' ? 201 : 401 }
  })
  const agent = openAgent({ baseUrl, credential: person, random: createRandom('1') })
  assert.equal((await agent.send('addInteraction', line)).status, 201)
  assert.deepEqual(agent.session, { logins: 2, refreshes: 1 })
  const other = openAgent({ baseUrl, credential: person, random: createRandom('1') })
  await assert.rejects(other.send('addInteraction', line), /sign-in refused with status 401/)
})
