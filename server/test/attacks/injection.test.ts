import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Operation } from '@toneout/contract/operation.ts'
import type { Role } from '@toneout/contract/roles.ts'
import { makeHospital, makeIncidents, makeUnits } from '../support/centre.ts'
import { startTestServer } from '../support/test-server.ts'
import { type Cast, enter, fingerprint, fromAnywhere, type Headers, openCast } from './cast.ts'
import { everything, fillPath, sampleOf } from './samples.ts'
import { createSender, inParallel, sendBytes } from './send.ts'

const limit = { timeout: 400_000 }

/** Each would end a statement, widen a condition, call a function or write a table where text is pasted. */
const payloads = [
  `'`,
  `' OR '1'='1`,
  `') OR ('1'='1' -- `,
  `'; UPDATE people SET role = 'admin'; -- `,
  `'; DROP TABLE calls CASCADE; -- `,
  `1; DELETE FROM facts`,
  `1 OR 1=1`,
  `$1); COPY people TO PROGRAM 'id'; --`,
  `' UNION SELECT password_hash FROM people -- `,
  `\\'; SELECT pg_sleep(30); -- `,
  `$$; SELECT pg_terminate_backend(pg_backend_pid()); $$`,
  `%' ESCAPE '\\`,
  `{"$gt":""}`,
  `help & !x | (y <-> z):*`,
]

let cast: Cast
let sender: ReturnType<typeof createSender>
let guarded: Awaited<ReturnType<typeof fingerprint>>
const credentials = new Map<Role, Headers>()

/** Tables that right requests of this test write too; the others must stay as they are. */
const written = [
  ...['calls', 'call_interactions', 'incidents', 'facts', 'units', 'hospitals', 'stations', 'settings'],
  ...['sessions', 'sign_in_attempts', 'dispatch_orders', 'idempotency_keys', 'handover_notes'],
]

before(async () => {
  cast = await openCast()
  sender = createSender(cast.server.baseUrl)
  const call = { call_sid: 'CA-guarded', caller_number: '+15550111', location: 'Pier 9' }
  const headers = { 'x-api-key': cast.server.key }
  const opened = await sender.send({ method: 'POST', path: '/api/calls/', headers, body: call })
  assert.equal(opened.status, 201)
  await makeIncidents(cast.server, 3)
  await makeUnits(cast.server, 3)
  await makeHospital(cast.server, 'General')
  guarded = await fingerprint(cast, written)
})
after(async () => {
  sender.close()
  await cast.close()
})

async function mayCall({ who }: Operation): Promise<Headers> {
  if (who === 'anyone') return {}
  const role = (who.find((one) => one in cast.people) ?? who[0]) as Role
  const known = credentials.get(role)
  if (known) return known
  const key = role in cast.people ? undefined : cast.keys[role as keyof Cast['keys']]
  const made = key ? { 'x-api-key': key } : await enter(cast.server, `a-${role}`, 'token')
  credentials.set(role, made)
  return made
}

const fieldsOf = (schema: Operation['query']) => {
  const text = JSON.stringify(schema?.toJSONSchema({ io: 'input', unrepresentable: 'any' }) ?? {})
  const names = [...text.matchAll(/"properties":\{/g)].flatMap(({ index }) => {
    const { properties } = JSON.parse(`{${text.slice(index, endOf(text, index))}}`) as { properties: object }
    return Object.keys(properties)
  })
  return [...new Set(names)]
}

/** Where the braces that begin behind `from` are closed. */
function endOf(text: string, from: number): number {
  let depth = 0
  for (let at = text.indexOf('{', from); at < text.length; at += 1) {
    if (text[at] === '{') depth += 1
    if (text[at] === '}') depth -= 1
    if (depth === 0) return at + 1
  }
  return text.length
}

/** The body with a payload in one field, also within its lists. */
function inject(body: Record<string, unknown>, name: string, payload: string): unknown[] {
  const whole = { ...body, [name]: payload }
  const listed = { ...body, [name]: [payload] }
  return Array.isArray(body[name]) ? [whole, listed] : [whole]
}

/** Without the stream, and without what may end the credential it comes with. */
const steady = everything.filter(([, { group, who, method, media }]) => {
  const endsCredential = group === 'Access' && who !== 'anyone' && method !== 'GET'
  return media !== 'text/event-stream' && !endsCredential
})

async function assertUnharmed(what: string): Promise<void> {
  assert.deepEqual(await fingerprint(cast, written), guarded, what)
  const [call] = await cast.query(`SELECT location, status FROM calls WHERE call_sid = 'CA-guarded'`)
  assert.deepEqual(call, { location: 'Pier 9', status: 'ACTIVE' }, what)
}

describe('SQL in every field', limit, () => {
  test('of every path and query is text or refused', limit, async (t) => {
    let sent = 0
    await inParallel(steady, async ([id, operation]) => {
      const headers = { ...(await mayCall(operation)), ...fromAnywhere() }
      const { method } = operation
      const body = operation.body ? {} : undefined
      const fields = fieldsOf(operation.query)
      for (const payload of payloads) {
        const text = encodeURIComponent(payload)
        const paths = operation.path.includes('{')
          ? [
              operation.path.replace(/\{\w+\}/g, text),
              fillPath(operation, { id: payload, call_sid: payload }),
            ]
          : []
        const queries = fields.map((name) => `${fillPath(operation)}?${name}=${text}`)
        for (const path of [...paths, ...queries]) {
          const answer = await sender.send({ method, path, headers, body })
          sent += 1
          assert.ok(answer.status < 500, `${id} ${path} ${answer.status} ${answer.text}`)
          const found = method === 'GET' && paths.includes(path)
          if (found) assert.ok([400, 404].includes(answer.status), `${id} ${path} ${answer.status}`)
        }
      }
    })
    await assertUnharmed('paths and queries')
    t.diagnostic(`${sent} requests`)
  })

  test('of every body is text or refused', limit, async (t) => {
    let sent = 0
    const withBody = steady.filter(([, one]) => one.body)
    await inParallel(withBody, async ([id, operation]) => {
      const headers = { ...(await mayCall(operation)), ...fromAnywhere() }
      const { method } = operation
      const path = fillPath(operation)
      const names = [...new Set([...fieldsOf(operation.body), ...Object.keys(sampleOf(id))])]
      for (const name of names.filter((one) => one !== 'password')) {
        for (const [at, payload] of payloads.entries()) {
          // People and places whose name is a payload are not wanted more than once each.
          const unique = `${payload}${sent}-${at}`
          for (const body of inject(sampleOf(id), name, id.startsWith('create') ? unique : payload)) {
            const headersOf = { ...headers, ...fromAnywhere() }
            const answer = await sender.send({ method, path, headers: headersOf, body })
            sent += 1
            assert.ok(answer.status < 500, `${id} ${name} ${payload} ${answer.status} ${answer.text}`)
          }
        }
      }
    })
    written.push('people', 'paramedics', 'dispatchers', 'saved_views', 'list_columns', 'api_keys')
    guarded = Object.fromEntries(Object.entries(guarded).filter(([name]) => !written.includes(name)))
    await assertUnharmed('bodies')
    const admins = await cast.query(`SELECT username FROM people WHERE role = 'admin' ORDER BY 1`)
    assert.deepEqual(admins, [{ username: 'a-admin' }, { username: cast.server.username }])
    t.diagnostic(`${sent} requests`)
  })

  test('finds no more than the text would', async () => {
    const { ask } = cast.people.supervisor
    for (const payload of payloads) {
      const text = encodeURIComponent(`no such words ${payload}`)
      for (const list of ['calls', 'incidents', 'units', 'hospitals', 'stations', 'people', 'paramedics']) {
        const { status, body } = await ask('GET', `/api/${list}/?search=${text}`)
        assert.deepEqual([status, body.results?.length], [200, 0], `${list} ${payload}`)
      }
      const cursor = Buffer.from(JSON.stringify(['-created_at', payload, payload, 'f'])).toString('base64url')
      assert.equal((await ask('GET', `/api/calls/?cursor=${cursor}`)).status, 400)
    }
    for (const search of ['%', '_', '\\', '%%%']) {
      const { body } = await ask('GET', `/api/stations/?search=${encodeURIComponent(search)}${'z'.repeat(5)}`)
      assert.equal(body.results.length, 0, search)
    }
  })

  test('of a header is text or refused', async () => {
    for (const payload of payloads) {
      const names = [
        'idempotency-key',
        'x-request-id',
        'x-forwarded-for',
        'x-api-key',
        'last-event-id',
        'origin',
      ]
      for (const name of names) {
        const path = '/api/calls/CA-guarded/interactions/'
        const headers = { 'x-api-key': cast.server.key, [name]: payload }
        const body = { speaker: 'CALLER', message: 'help' }
        const { status } = await sender.send({ method: 'POST', path, headers, body })
        assert.ok(status < 500, `${name} ${payload} ${status}`)
      }
      const cookie = `toneout_session=${encodeURIComponent(payload)}`
      assert.equal((await sender.send({ method: 'GET', path: '/api/me/', headers: { cookie } })).status, 401)
    }
    await assertUnharmed('headers')
  })
})

describe('lines of a head cannot be written from outside', limit, () => {
  const lines = [
    '%0d%0aset-cookie:%20x=1',
    '%0aset-cookie:%20x=1',
    '%0d%0a%0d%0a<script>',
    '%E5%98%8D%E5%98%8Aset-cookie:x',
  ]
  test('by a path, a query or the page addresses in a reply', async () => {
    const { ask } = cast.people.supervisor
    for (const line of lines) {
      for (const path of [
        `/${line}`,
        `/docs/${line}`,
        `/api/calls/${line}/`,
        `/assets/${line}`,
        `/docs?x=${line}`,
      ]) {
        const { headers, text } = await sender.send({ method: 'GET', path })
        assert.equal(headers['set-cookie'], undefined, path)
        assert.doesNotMatch(text, /<script>/, path)
      }
      const listed = await ask('GET', `/api/calls/?page_size=1&search=${line}`)
      assert.equal(listed.headers.get('set-cookie'), null)
    }
  })

  test('by an id of a request, a key or a host', async () => {
    const { port } = new URL(cast.server.baseUrl)
    for (const odd of ['a\rb-12345678', 'x'.repeat(5_000), '<script>', `"'><b>12345678`]) {
      const reply = await sendBytes(
        cast.server.baseUrl,
        `GET /health/live HTTP/1.1\r\nHost: a\r\nX-Request-Id: ${odd}\r\nConnection: close\r\n\r\n`,
      )
      assert.ok(!reply.includes(odd), odd)
    }
    const key = `X-API-Key: ${cast.server.key}\r\nConnection: close\r\n\r\n`
    for (const host of ['evil.example/?', 'evil.example"<', 'a b', `127.0.0.1:${port}@evil.example`]) {
      const reply = await sendBytes(
        cast.server.baseUrl,
        `GET /api/calls/?page_size=1 HTTP/1.1\r\nHost: ${host}\r\n${key}`,
      )
      assert.match(reply, /^HTTP\/1\.1 (200|400) /)
      assert.doesNotMatch(reply, /"next":"http:\/\/evil\.example\/\?|@evil/)
    }
  })
})

test('files come from the folder of the page only, however the path is written', limit, async () => {
  const page = await startTestServer({ console: true })
  const send = createSender(page.baseUrl)
  const up = ['..', '%2e%2e', '.%2e', '%252e%252e', '..%00', '..%5c', '....', '%c0%ae%c0%ae', '\\..', ';..']
  const slashes = ['/', '%2f', '%5c', '\\', '%252f', '//']
  const wanted = ['package.json', 'server/main.ts', 'index.html', 'built-from', 'etc/passwd']
  const outside = up.flatMap((dots) =>
    slashes.flatMap((slash) =>
      wanted.flatMap((file) =>
        [1, 3, 9].map((levels) => `/assets/${(dots + slash).repeat(levels)}${file.replaceAll('/', slash)}`),
      ),
    ),
  )
  const absolute = ['/etc/passwd', '//etc/passwd', '/assets//etc/passwd', '/assets/%2fetc%2fpasswd']
  const files = [
    'file:///etc/passwd',
    '/assets/file:///etc/passwd',
    '/proc/self/environ',
    '/assets/C:%5cboot.ini',
  ]
  try {
    await inParallel([...outside, ...absolute, ...files], async (path) => {
      const { status, text } = await send.send({ method: 'GET', path })
      assert.ok([400, 403, 404].includes(status), `${path} ${status}`)
      assert.doesNotMatch(text, /root:|"name":|import |<!doctype|SECRET/i, path)
    })
  } finally {
    send.close()
    await page.close()
  }
})
