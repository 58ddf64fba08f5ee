import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import type { Config } from '../config.ts'
import { withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

type Raw = { status: number; headers: Map<string, string>; text: string }

/** Sends a head as it is written and gives the reply; the connection ends with it. */
async function sendRaw(baseUrl: string, lines: readonly string[]): Promise<Raw> {
  const { port, hostname } = new URL(baseUrl)
  const bytes = await new Promise<Buffer>((resolve, reject) => {
    const parts: Buffer[] = []
    const socket = connect(Number(port), hostname, () => {
      socket.write(Buffer.from(`${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`, 'latin1'))
    })
    socket.setTimeout(5_000, () => socket.destroy(new Error('no answer came')))
    socket.on('data', (part: Buffer) => parts.push(part)).on('error', reject)
    socket.on('close', () => resolve(Buffer.concat(parts)))
  })
  const reply = bytes.toString()
  const end = reply.indexOf('\r\n\r\n')
  const [first = '', ...fields] = reply.slice(0, end).split('\r\n')
  const headers = fields.map((line) => {
    const at = line.indexOf(': ')
    return [line.slice(0, at).toLowerCase(), line.slice(at + 2)] as const
  })
  return { status: Number(first.split(' ')[1]), headers: new Map(headers), text: reply.slice(end + 4) }
}

const servers: TestServer[] = []
async function start(config: Partial<Config>): Promise<TestServer> {
  const server = await startTestServer({ config })
  servers.push(server)
  const ask = withKey(server.baseUrl, server.key)
  for (const at of [1, 2, 3]) {
    const opened = await ask('POST', '/api/calls/', { call_sid: `url-${at}`, caller_number: '+15550100' })
    assert.equal(opened.status, 201)
    const path = '/api/calls/url-1/interactions/'
    assert.equal((await ask('POST', path, { speaker: 'CALLER', message: `line ${at}` })).status, 201)
  }
  return server
}

let open: TestServer
let behindProxy: TestServer
let named: TestServer
const publicUrl = 'https://dispatch.example.org'

before(async () => {
  open = await start({})
  behindProxy = await start({ trustProxy: true })
  named = await start({ publicUrl })
})
after(async () => {
  for (const server of servers) await server.close()
})

const paths = ['/api/calls/?page_size=2', '/api/calls/url-1/interactions/?page_size=2'] as const

/** The address of the next page, from the body of the list of calls or the Link of the other. */
function nextOf({ headers, text }: Raw): string {
  const link = headers.get('link')
  if (link === undefined) return JSON.parse(text).next as string
  return /^<([^<>"\s,;]+)>; rel="next"$/.exec(link)?.[1] ?? assert.fail(`broken Link: ${link}`)
}

/** An address with an origin and nothing odd, or a path alone; the page is there and is the rest. */
async function assertNext(server: TestServer, next: string, origin: string | undefined): Promise<void> {
  assert.match(next, /^[!-~]+$/)
  const url = new URL(next, 'http://nowhere.example')
  assert.deepEqual([url.username, url.password, url.hash], ['', '', ''])
  if (next.startsWith('/')) assert.ok(origin === undefined && !next.startsWith('//'), next)
  else assert.equal(url.origin + url.pathname + url.search, next)
  if (origin !== undefined) assert.equal(url.origin, origin)
  const { status, body } = await withKey(server.baseUrl, server.key)('GET', url.pathname + url.search)
  assert.equal(status, 200)
  assert.equal((body.results ?? body).length, 1)
}

const key = (server: TestServer) => `X-API-Key: ${server.key}`

/** Each with the origin that is right for it; undefined: a path alone, or a refusal. */
const hosts: [string, string[], string | undefined][] = [
  ['a name', ['Host: desk.example'], 'http://desk.example'],
  ['a name in capitals', ['Host: DESK.example'], 'http://desk.example'],
  ['a name and a port', ['Host: desk.example:8443'], 'http://desk.example:8443'],
  ['an address', ['Host: 192.0.2.7:80'], 'http://192.0.2.7'],
  ['an address of six', ['Host: [2001:db8::1]:8080'], 'http://[2001:db8::1]:8080'],
  ['a name with accents', ['Host: d\xe9sk.example'], undefined],
  ['nothing', ['Host:'], undefined],
  ['a port that is none', ['Host: desk.example:99999'], undefined],
  ['a port that is no number', ['Host: desk.example:http'], undefined],
  ['a port alone', ['Host: :8080'], undefined],
  ['blanks', ['Host: desk example'], undefined],
  ['a bracket', ['Host: ['], undefined],
  ['an end of the Link', ['Host: evil.example>; rel="next", <http://other.example'], undefined],
  ['quotes and a tag', ['Host: "><script>alert(1)</script>'], undefined],
  ['a percent', ['Host: %00%zz'], undefined],
  ['many letters', [`Host: ${'a'.repeat(8_000)}`], undefined],
]
/** Hosts of which only the name and the port may be left. */
const withMore: [string, string[], string][] = [
  ['somebody at a host', ['Host: user:secret@desk.example'], 'desk.example'],
  ['a path', ['Host: desk.example/evil/'], 'desk.example'],
  ['a query', ['Host: desk.example?evil='], 'desk.example'],
  ['a fragment', ['Host: desk.example#evil'], 'desk.example'],
  ['two of them', ['Host: desk.example', 'Host: evil.example'], 'desk.example'],
]

for (const path of paths) {
  describe(`the next page of ${path}`, () => {
    for (const [name, lines, origin] of hosts) {
      test(`host: ${name}`, async () => {
        const raw = await sendRaw(open.baseUrl, [`GET ${path} HTTP/1.1`, ...lines, key(open)])
        if (origin === undefined && raw.status === 400) return
        assert.equal(raw.status, 200)
        await assertNext(open, nextOf(raw), origin)
      })
    }
    for (const [name, lines, host] of withMore) {
      test(`host: ${name}`, async () => {
        const raw = await sendRaw(open.baseUrl, [`GET ${path} HTTP/1.1`, ...lines, key(open)])
        if (raw.status === 400) return
        assert.equal(raw.status, 200)
        const next = nextOf(raw)
        await assertNext(open, next, undefined)
        assert.ok(next.startsWith('/') || new URL(next).host === host, next)
      })
    }

    test('no host, as HTTP/1.0 allows: the path alone', async () => {
      const raw = await sendRaw(open.baseUrl, [`GET ${path} HTTP/1.0`, key(open)])
      assert.equal(raw.status, 200)
      const next = nextOf(raw)
      assert.ok(next.startsWith('/api/calls/'), next)
      await assertNext(open, next, undefined)
    })

    test('no host, as HTTP/1.1 forbids, is refused', async () => {
      const raw = await sendRaw(open.baseUrl, [`GET ${path} HTTP/1.1`, key(open)])
      assert.equal(raw.status, 400)
    })

    for (const host of ['evil.example', 'a:99999', '[', '%zz', '"', '']) {
      test(`a whole address as the target, its host: ${host}`, async () => {
        const lines = [`GET http://${host}${path} HTTP/1.1`, 'Host: desk.example', key(open)]
        const raw = await sendRaw(open.baseUrl, lines)
        if (raw.status !== 200) return assert.ok(raw.status >= 400 && raw.status < 500, `${raw.status}`)
        await assertNext(open, nextOf(raw), 'http://desk.example')
      })
    }

    test('a target of two slashes is no address of another host', async () => {
      const raw = await sendRaw(open.baseUrl, [`GET //evil.example${path} HTTP/1.1`, 'Host: a', key(open)])
      assert.ok(raw.status >= 400 && raw.status < 500, `${raw.status}`)
    })

    test('a proxy that is trusted says the host and the protocol', async () => {
      const said = ['X-Forwarded-Host: desk.example', 'X-Forwarded-Proto: https']
      const head = [`GET ${path} HTTP/1.1`, 'Host: inside', key(behindProxy)]
      await assertNext(
        behindProxy,
        nextOf(await sendRaw(behindProxy.baseUrl, [...head, ...said])),
        'https://desk.example',
      )
      await assertNext(
        open,
        nextOf(await sendRaw(open.baseUrl, [head[0]!, 'Host: inside', key(open), ...said])),
        'http://inside',
      )
      for (const odd of [
        ['X-Forwarded-Proto: java"script'],
        ['X-Forwarded-Proto: '],
        ['X-Forwarded-Host: a>b'],
      ]) {
        const raw = await sendRaw(behindProxy.baseUrl, [...head, ...odd])
        assert.ok(raw.status < 500, `${raw.status}`)
        if (raw.status === 200) await assertNext(behindProxy, nextOf(raw), undefined)
      }
    })

    test('PUBLIC_URL is the origin, whatever the Host is', async () => {
      for (const [name, lines] of [...hosts, ...withMore]) {
        const raw = await sendRaw(named.baseUrl, [`GET ${path} HTTP/1.1`, ...lines, key(named)])
        if (raw.status === 400) continue
        assert.equal(raw.status, 200, name)
        await assertNext(named, nextOf(raw), publicUrl)
      }
      const old = await sendRaw(named.baseUrl, [`GET ${path} HTTP/1.0`, key(named)])
      await assertNext(named, nextOf(old), publicUrl)
    })
  })
}
