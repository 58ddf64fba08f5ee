import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { identityOf, until } from '../lib/embedded-postgres/processes.ts'
import { asker, withKey } from './support/http.ts'
import {
  endStarted,
  postmasterOf,
  type ServerProcess,
  spawnMain,
  startServerProcess,
} from './support/server-process.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'start '))
  chmodSync(folder, 0o755)
})
after(endStarted)
after(() => rmSync(folder, { recursive: true, force: true }))

let made = 0
function dataFolder(): string {
  const path = join(folder, `data ${++made}`)
  mkdirSync(path)
  return path
}

type Ended = { code: number | null; output: string }

/** Runs a command to its end, with what it is told on standard input. */
function run(
  command: string,
  env: Record<string, string>,
  input?: string,
  argv: string[] = [],
): Promise<Ended> {
  const child = spawnMain(command, env, argv)
  let output = ''
  for (const pipe of [child.stdout, child.stderr]) {
    pipe?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  child.stdin?.end(input ?? '')
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ code, output }))
  })
}

async function stopped(server: ServerProcess): Promise<void> {
  await server.end('SIGTERM')
}

test('the first start prints secrets that work, once; Ctrl-C ends all', async () => {
  const DATA_DIR = dataFolder()
  const first = await startServerProcess(DATA_DIR, {})
  const password = /Admin password {2}(\S+)/.exec(first.output())?.[1] ?? ''
  const key = /AI dispatcher key {2}(\S+)/.exec(first.output())?.[1] ?? ''
  assert.match(key, /^tone_[\w-]{43}$/)
  const call = { call_sid: 'CA1', caller_number: '+15550142' }
  assert.equal((await withKey(first.baseUrl, key)('POST', '/api/calls/', call)).status, 201)
  const token = await asker(first.baseUrl, {})('POST', '/api/token/', { username: 'admin', password })
  assert.equal(token.status, 200)
  const page = await asker(first.baseUrl, {})('GET', '/')
  assert.match(String(page.body), /<script type="module"/)

  const database = postmasterOf(DATA_DIR)
  assert.ok(database)
  first.child.kill('SIGINT')
  assert.ok(await until(() => first.child.exitCode !== null && identityOf(database) === undefined, 60_000))

  const second = await startServerProcess(DATA_DIR, {})
  assert.doesNotMatch(second.output(), /password|tone_/i)
  assert.equal((await withKey(second.baseUrl, key)('GET', '/api/calls/CA1/')).status, 200)
  await stopped(second)
})

test('a port that is taken is named, and nothing stays running', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address() as { port: number }
  const DATA_DIR = dataFolder()
  const { code, output } = await run('serve', { PORT: String(port), DATA_DIR })
  taken.close()
  assert.equal(code, 1)
  assert.match(output, new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is in use`))
  assert.doesNotMatch(output, /\n\s+at /)
  assert.equal(postmasterOf(DATA_DIR), undefined)
})

test('secrets that a failed start could not show are shown by the next', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address() as { port: number }
  const DATA_DIR = dataFolder()
  assert.equal((await run('serve', { PORT: String(port), DATA_DIR })).code, 1)
  taken.close()
  const server = await startServerProcess(DATA_DIR, {})
  assert.match(server.output(), /Admin password {2}\S+\n {2}AI dispatcher key {2}tone_/)
  await stopped(server)
})

test('a second start on the same data folder is refused in one clear line', async () => {
  const DATA_DIR = dataFolder()
  const server = await startServerProcess(DATA_DIR, {})
  const { code, output } = await run('serve', { PORT: '0', DATA_DIR })
  assert.equal(code, 1)
  assert.match(output, /already in use by process \d+/)
  assert.ok(output.includes(DATA_DIR))
  assert.equal((await asker(server.baseUrl, {})('GET', '/health/ready')).status, 200)
  await stopped(server)
})

test('faults of the environment are told all at once, before anything starts', async () => {
  const DATA_DIR = dataFolder()
  const env = { PORT: 'x', ADMIN_PASSWORD: 'hunter2', USE_TEST_DB: 'maybe', DATA_DIR }
  const { code, output } = await run('serve', env)
  assert.equal(code, 2)
  for (const name of ['PORT', 'ADMIN_PASSWORD', 'USE_TEST_DB']) assert.ok(output.includes(name))
  assert.doesNotMatch(output, /hunter2/)
  assert.deepEqual(readdirSync(DATA_DIR), [])
})

test('commands work without a server and beside one, on the real and the test database', async () => {
  const DATA_DIR = dataFolder()
  const ask = 'SELECT current_database();\n'
  assert.match((await run('dbshell', { DATA_DIR }, ask)).output, /\bdispatch_db\b/)
  assert.match((await run('dbshell', { DATA_DIR, USE_TEST_DB: 'True' }, ask)).output, /\bdispatch_test_db\b/)
  assert.match((await run('migrate', { DATA_DIR })).output, /\d+ applied/)

  const server = await startServerProcess(DATA_DIR, {})
  assert.match((await run('migrate', { DATA_DIR })).output, /dispatch_db is current/)
  assert.match(
    (await run('dbshell', { DATA_DIR, PATH: '' }, ask)).output,
    /current_database[\s\S]*dispatch_db/,
  )
  const account = ['--username', 'desk', '--role', 'dispatcher', '--no-input']
  const password = { ADMIN_PASSWORD: 'lamp stone river' }
  const first = await run('createsuperuser', { DATA_DIR, ...password }, '', account)
  assert.deepEqual([first.code, /Made dispatcher "desk"/.test(first.output)], [0, true])
  const stranger = asker(server.baseUrl, {})
  const signIn = (word: string) => stranger('POST', '/api/token/', { username: 'Desk', password: word })
  assert.equal((await signIn('lamp stone river')).status, 200)
  const again = await run('createsuperuser', { DATA_DIR, ...password }, '', account)
  assert.deepEqual([again.code, /already an account/.test(again.output)], [1, true])
  const reset = { DATA_DIR, ADMIN_PASSWORD: 'glass violin tree' }
  assert.equal((await run('createsuperuser', reset, '', [...account, '--reset'])).code, 0)
  assert.deepEqual(
    [(await signIn('lamp stone river')).status, (await signIn('glass violin tree')).status],
    [401, 200],
  )
  const nobody = ['--username', 'nobody', '--reset', '--no-input']
  const missing = await run('createsuperuser', reset, '', nobody)
  assert.deepEqual([missing.code, /no account "nobody"/.test(missing.output)], [1, true])
  const kept = await run('createsuperuser', reset, '', ['--username', 'desk', '--reset', '--no-input'])
  assert.match(kept.output, /"desk" \(dispatcher\)/)
  const short = await run('createsuperuser', { DATA_DIR }, '', [...account, '--password', 'short'])
  assert.deepEqual([short.code, /12 to 128/.test(short.output)], [1, true])
  const weak = await run('createsuperuser', { DATA_DIR }, '', [...account, '--password', 'password1234'])
  assert.deepEqual([weak.code, /too easy to guess/.test(weak.output)], [1, true])
  await stopped(server)
})

test('an outside PostgreSQL is used when DATABASE_URL names one, and its database made', async () => {
  const name = `outside_${process.pid}`
  const DATABASE_URL = String(process.env.TONEOUT_TEST_CLUSTER).replace('/postgres?', `/${name}?`)
  const env = {
    DATABASE_URL,
    SECRET_KEY: 's'.repeat(40),
    FIELD_KEYS: 'f'.repeat(40),
    AI_DISPATCHER_KEY: 'tone_for_the_outside_test',
  }
  const DATA_DIR = dataFolder()
  const server = await startServerProcess(DATA_DIR, env)
  const call = { call_sid: 'CA1', caller_number: '+15550142' }
  const seen = await withKey(server.baseUrl, env.AI_DISPATCHER_KEY)('POST', '/api/calls/', call)
  assert.equal(seen.status, 201)
  assert.match((await run('dbshell', env, 'SELECT current_database();\n')).output, new RegExp(name))
  await stopped(server)
  assert.equal(postmasterOf(DATA_DIR), undefined)
  await run(
    'dbshell',
    { ...env, DATABASE_URL: String(process.env.TONEOUT_TEST_CLUSTER) },
    `DROP DATABASE ${name};\n`,
  )
})
