import assert from 'node:assert/strict'
import { once } from 'node:events'
import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { signIn } from '../server/test/support/centre.ts'
import { startTestServer, type TestServer } from '../server/test/support/test-server.ts'
import { freePort, startDemo, until } from './test/demo-process.ts'

let server: TestServer
before(async () => {
  server = await startTestServer()
})
after(() => server.close())

test('plays into the server that runs, and ends by itself with --once', async (t) => {
  const argv = ['--url', server.baseUrl, '--key', server.key, '--minutes', '1', '--speed', '60', '--once']
  const playing = startDemo(t, argv)
  assert.equal(await playing.ended, 0, playing.out())
  assert.match(playing.out(), new RegExp(`Look at ${server.baseUrl}`))
  assert.match(playing.out(), /0 calls active · \d+ ended .*no errors/)
  assert.match(playing.out(), /Calls only: give a supervisor/)
})

test('runs the centre of a running server with an account, and refuses a wrong one', async (t) => {
  await signIn(server, 'chief', 'supervisor')
  const argv = ['--url', server.baseUrl, '--key', server.key, '--minutes', '4', '--speed', '60', '--once']
  argv.push('--cold', '--calls-per-hour', '300')
  const DEMO_USERNAME = 'chief'
  const playing = startDemo(t, argv, { DEMO_USERNAME, DEMO_PASSWORD: 'password of chief' })
  assert.equal(await playing.ended, 0, playing.out())
  assert.match(playing.out(), /incidents \d+ open, [1-9]\d* dispatched, \d+ closed · \d+ of 30 crews busy/)
  assert.match(playing.out(), /no errors\n$/)
  const wrong = startDemo(t, argv, { DEMO_USERNAME, DEMO_PASSWORD: 'another password' })
  assert.equal(await wrong.ended, 2)
  assert.match(wrong.out(), /The account "chief" does not exist or has another password/)
})

test('says how to give a key, and when the key is wrong', async (t) => {
  const none = startDemo(t, ['--url', server.baseUrl])
  assert.equal(await none.ended, 2)
  assert.match(none.out(), /--key tone_\.\.\./)
  const wrong = startDemo(t, ['--url', server.baseUrl], { AI_DISPATCHER_KEY: 'tone_wrong' })
  assert.equal(await wrong.ended, 2)
  assert.match(wrong.out(), /does not accept this key \(401\)/)
})

test('does not take another program for Toneout, nor start a server far away', async (t) => {
  const port = await freePort()
  const other = createServer((_, response) => response.end('hello')).listen(port, '127.0.0.1')
  t.after(() => other.close())
  await once(other, 'listening')
  const foreign = startDemo(t, ['--url', `http://127.0.0.1:${port}`])
  assert.equal(await foreign.ended, 2)
  assert.match(foreign.out(), /Something else than Toneout/)
  const far = startDemo(t, ['--url', 'http://nowhere.invalid:8080'])
  assert.equal(await far.ended, 2)
  assert.match(far.out(), /not an address of this machine/)
})

const busy = ['--speed', '20', '--cold', '--calls-per-hour', '200']

test('starts a server of its own, plays, and leaves no process behind on Ctrl-C', {
  timeout: 300_000,
}, async (t) => {
  const DATA_DIR = mkdtempSync(join(tmpdir(), 'toneout-demo-'))
  t.after(() => rmSync(DATA_DIR, { recursive: true, force: true }))
  const PORT = String(await freePort())
  const playing = startDemo(t, busy, { DATA_DIR, PORT })
  await until(() => /Look at/.test(playing.out()), playing, 180_000)
  await until(() => /[1-9]\d* ended/.test(playing.out()), playing, 60_000)
  await until(() => /[1-9]\d* dispatched.* [1-9]\d* of 30 crews busy/.test(playing.out()), playing, 60_000)
  playing.child.kill('SIGINT')
  assert.equal(await playing.ended, 0, playing.out())
  assert.match(playing.out(), /0 calls active/)
  assert.doesNotMatch(playing.out(), /errors \(/)
  await assert.rejects(fetch(`http://127.0.0.1:${PORT}/health/live`))
  assert.deepEqual(globSync('**/postmaster.pid', { cwd: DATA_DIR }), [])
  const again = startDemo(t, busy, { DATA_DIR, PORT })
  await until(() => /[1-9]\d* of 30 crews busy/.test(again.out()), again, 120_000)
  again.child.kill('SIGINT')
  assert.equal(await again.ended, 0, again.out())
  assert.doesNotMatch(again.out(), /Not in the demo|errors \(/)
})
