import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Operation } from '@toneout/contract/operation.ts'
import { operations } from '@toneout/contract/operations/all.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'

let server: TestServer

before(async () => {
  server = await startTestServer({ console: true })
})
after(() => server.close())

/** What people look at in a browser; nothing of it reads or changes data. */
const pages = [
  'GET /',
  'GET /account',
  'GET /keys',
  'GET /people',
  ...[
    'GET /calls',
    'GET /calls/:call_sid',
    'GET /channels',
    'GET /handover',
    'GET /history',
    'GET /hospitals',
    'GET /imports',
    'GET /incidents',
    'GET /map',
    'GET /messages',
    'GET /analytics',
    'GET /settings',
    'GET /stations',
    'GET /units',
    'GET /wall',
  ],
  ...['GET /unit', 'GET /unit-worker.js'],
  'GET /assets/*',
  'GET /docs',
  'GET /docs/*',
  'GET /favicon.svg',
  'GET /openapi.json',
]

/** Routes as the router has them, each with its verbs. */
function routes(): string[] {
  const text = server.app.printRoutes({ commonPrefix: false, includeHooks: false })
  const found: string[] = []
  const above: string[] = []
  for (const line of text.split('\n')) {
    const parts = /^((?:│ {3}| {4})*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?/.exec(line)
    if (!parts) continue
    const depth = (parts[1] ?? '').length / 4
    above.length = depth
    above[depth] = parts[2] ?? ''
    const verbs = (parts[3] ?? '').split(', ').filter(Boolean)
    for (const verb of verbs) found.push(`${verb} ${above.slice(0, depth + 1).join('')}`)
  }
  return found
}

const documented = (Object.values(operations) as Operation[]).map(
  ({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
)

test('every route is in the reference, and the reference has no route that is not there', async () => {
  const { paths } = (await (await fetch(`${server.baseUrl}/openapi.json`)).json()) as { paths: object }
  const told = Object.entries(paths).flatMap(([path, verbs]) =>
    Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  )
  assert.deepEqual(told.sort(), [...documented].sort())
  // A slash at the end may be left out, so the router has what it has without one, and the other way round.
  const plain = (route: string) => route.replace(/(?<=.)\/$/, '').replace(/ $/, ' /')
  const asked = routes().filter((route) => !/^(HEAD|OPTIONS) /.test(route))
  const isWild = (route: string) => route.endsWith('*')
  const served = new Set(asked.filter((route) => !isWild(route)).map(plain))
  const wanted = new Set([...documented, ...pages.filter((route) => !isWild(route))].map(plain))
  assert.ok(served.size > 60, String(served.size))
  assert.deepEqual([...served.difference(wanted)], [], 'served, but told nowhere')
  assert.deepEqual([...wanted.difference(served)], [], 'told, but not served')
  // The router prints a wildcard without what is before it, so these are counted and asked for one by one.
  const wild = pages.filter(isWild)
  assert.equal(asked.filter(isWild).length, wild.length)
  for (const route of wild) assert.ok(server.app.hasRoute({ method: 'GET', url: route.slice(4) }), route)
})

test('verbs that ask nothing new are the only ones beside those of the contract', () => {
  const others = routes().filter((route) => /^(HEAD|OPTIONS) /.test(route))
  const reads = new Set(routes().flatMap((route) => (route.startsWith('GET ') ? [route.slice(4)] : [])))
  for (const route of others) assert.ok(reads.has(route.replace(/^\S+ /, '')), route)
})

/** What servers are often found with, left there by a framework, a tool or a hand. */
const forgotten = [
  ...['/api', '/api/', '/api/v1/calls/', '/v1/calls', '/api/users/', '/api/admin/', '/admin/', '/debug'],
  ...['/.env', '/.git/config', '/.git/HEAD', '/package.json', '/package-lock.json', '/node_modules/'],
  ...['/server/main.ts', '/data/secret-key', '/swagger.json', '/swagger', '/graphql', '/actuator/env'],
  ...['/phpinfo.php', '/server-status', '/debug/pprof', '/api/test/', '/api/internal/', '/backup.sql'],
  ...['/assets/', '/assets', '/index.html', '/docs/../package.json', '/assets/..%2f..%2fpackage.json'],
  ...['/config.json', '/console/', '/api/keys.json', '/robots.txt~', '/built-from'],
]
test('what is not told is not there', async () => {
  for (const path of forgotten) {
    const { status, headers } = await fetch(server.baseUrl + path)
    assert.equal(status, 404, path)
    assert.match(headers.get('content-type') ?? '', /^application\/json/, path)
  }
})
