import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeFolder, onLinux, query, start, startProcess } from './fixture.ts'
import { findRunning } from './login.ts'
import { findNative } from './native.ts'
import { until } from './processes.ts'

test('a second start in another process is refused with the folder and the holder', async (t) => {
  const folder = makeFolder(t)
  const dataDir = join(folder, 'data')
  const database = await start(t, dataDir)
  const { code, message } = await startProcess(t, dataDir).next('failed')
  assert.equal(code, 'already_running')
  assert.match(message!, new RegExp(`${dataDir} is already in use by process ${process.pid};`))
  assert.deepEqual(await query(database.url('postgres'), 'SELECT 1 AS n'), [{ n: 1 }])
})

test('a second start in the same process is refused and the first goes on', async (t) => {
  const folder = makeFolder(t)
  const dataDir = join(folder, 'data')
  const database = await start(t, dataDir)
  await assert.rejects(start(t, dataDir), { code: 'already_running' })
  const { code } = await startProcess(t, dataDir).next('failed')
  assert.equal(code, 'already_running')
  assert.deepEqual(await query(database.url('postgres'), 'SELECT 1 AS n'), [{ n: 1 }])
})

test('the holder counts even when its kernel lock was lost', { skip: !onLinux }, async (t) => {
  const folder = makeFolder(t)
  const dataDir = join(folder, 'data')
  await start(t, dataDir)
  // Closing any descriptor of the file lets the lock go, as a copy of the folder in this process does.
  readFileSync(join(dataDir, 'postgres', 'lock'))
  const { code } = await startProcess(t, dataDir).next('failed')
  assert.equal(code, 'already_running')
})

test('of several starts at once exactly one wins', async (t) => {
  const folder = makeFolder(t)
  const dataDir = join(folder, 'data')
  const servers = [1, 2, 3].map(() => startProcess(t, dataDir))
  const kinds = await Promise.all(
    servers.map((server) => Promise.race([server.next('ready'), server.next('failed')])),
  )
  const told = kinds.map((event) => event.code ?? event.kind).sort()
  assert.deepEqual(told, ['already_running', 'already_running', 'ready'])
  const winner = kinds.find((event) => event.kind === 'ready')!
  assert.deepEqual(await query(winner.url!, 'SELECT 1 AS n'), [{ n: 1 }])
})

test('the lock of a killed server is taken over', async (t) => {
  const folder = makeFolder(t)
  const dataDir = join(folder, 'data')
  const server = startProcess(t, dataDir)
  await server.next('ready')
  server.child.kill('SIGKILL')
  await server.exited
  const next = await start(t, dataDir)
  assert.deepEqual(await query(next.url('postgres'), 'SELECT 1 AS n'), [{ n: 1 }])
})

test('another process finds the running database, and none when there is none', async (t) => {
  const folder = makeFolder(t)
  const dataDir = join(folder, 'data')
  assert.equal(await findRunning(dataDir), undefined)
  const server = startProcess(t, dataDir)
  const { url } = await server.next('ready')
  const login = await findRunning(dataDir)
  assert.equal(login?.url('postgres'), url)
  server.child.kill('SIGTERM')
  await server.next('stopped')
  assert.equal(await findRunning(dataDir), undefined)
})

test('lock files whose pid is another program by now do not stop a start', async (t) => {
  const folder = makeFolder(t)
  const dataDir = join(folder, 'data')
  await (await start(t, dataDir)).stop()
  const home = join(dataDir, 'postgres')
  const { uid, gid } = statSync(home)
  const stranger = spawn('sleep', ['60'], { uid, gid, stdio: 'ignore' })
  t.after(() => stranger.kill())
  const cluster = join(home, 'cluster')
  const stale = `${stranger.pid}\n${cluster}\n1700000000\n5432\n../run\n\n  1 1\nready   \n`
  writeFileSync(join(cluster, 'postmaster.pid'), stale)
  mkdirSync(join(home, 'run'))
  writeFileSync(join(home, 'run', '.s.PGSQL.5432.lock'), stale)
  writeFileSync(join(home, 'holder.json'), JSON.stringify({ pid: stranger.pid, identity: 'long ago' }))
  const next = await start(t, dataDir)
  assert.deepEqual(await query(next.url('postgres'), 'SELECT 1 AS n'), [{ n: 1 }])
  assert.ok(process.kill(stranger.pid!, 0), 'the stranger was left alone')
})

test('a PostgreSQL that somebody started by hand is neither ended nor started beside', async (t) => {
  const folder = makeFolder(t)
  const dataDir = join(folder, 'data')
  await (await start(t, dataDir)).stop()
  const cluster = join(dataDir, 'postgres', 'cluster')
  const { uid, gid } = statSync(cluster)
  const words = ['-D', cluster, '-c', 'listen_addresses=', '-c', 'unix_socket_directories=.']
  const byHand = spawn(join(findNative(), 'bin', 'postgres'), words, { uid, gid, stdio: 'ignore' })
  t.after(() => byHand.kill('SIGKILL'))
  const isUp = () => /ready/.test(readFileSync(join(cluster, 'postmaster.pid'), 'utf8'))
  const isReady = () => {
    try {
      return isUp()
    } catch {
      return false
    }
  }
  assert.ok(await until(isReady, 60_000))
  await assert.rejects(start(t, dataDir), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'already_running')
    assert.match(error.message, new RegExp(`process ${byHand.pid}\\b`))
    return true
  })
  assert.equal(byHand.exitCode, null)
  byHand.kill('SIGINT')
  await new Promise((done) => byHand.on('exit', done))
})
