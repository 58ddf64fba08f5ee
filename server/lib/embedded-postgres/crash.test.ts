import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  atEnd,
  makeFolder,
  onLinux,
  processesIn,
  query,
  queryWhenUp,
  start,
  startProcess,
} from './fixture.ts'
import { sharedSegments, until } from './processes.ts'

// Long work for the processor that never waits, so that only a signal to the process itself ends it.
const busyQuery = 'SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b'
const isBusySql = `SELECT count(*)::int AS n FROM pg_stat_activity
  WHERE query LIKE '%1000000) a, %' AND pid <> pg_backend_pid()`

async function keepBusy(url: string): Promise<void> {
  query(url, busyQuery).catch(() => {})
  while ((await query(url, isBusySql))[0]!.n === 0) await until(() => false, 10)
}

test('a killed server is started again and every committed row is there', async (t) => {
  const folder = makeFolder(t)
  const database = await start(t, join(folder, 'data'), { settings: { shared_buffers: '16MB' } })
  const url = database.url('postgres')
  await query(url, 'CREATE TABLE kept (n int)')
  for (let round = 1; round <= 3; round++) {
    await query(url, `INSERT INTO kept SELECT ${round} FROM generate_series(1, 1000)`)
    const killed = database.pid()!
    process.kill(killed, 'SIGKILL')
    assert.deepEqual(await queryWhenUp(url, 'SELECT count(*)::int AS n FROM kept'), [{ n: round * 1000 }])
    assert.notEqual(database.pid(), killed)
    // A query may be answered before the wrapper says so; killed in between, two falls are told as one.
    await until(() => database.states.length === 1 + 2 * round, 30_000)
  }
  assert.deepEqual(database.states, ['up', 'down', 'up', 'down', 'up', 'down', 'up'])
})

test('a backend deep in a query does not keep a killed server down', async (t) => {
  const folder = makeFolder(t)
  const database = await start(t, join(folder, 'data'))
  const url = database.url('postgres')
  await keepBusy(url)
  process.kill(database.pid()!, 'SIGKILL')
  assert.deepEqual(await queryWhenUp(url, isBusySql), [{ n: 0 }])
})

test('a killed backend costs its own session only a reconnect', async (t) => {
  const folder = makeFolder(t)
  const database = await start(t, join(folder, 'data'))
  const url = database.url('postgres')
  const sleeping = query(url, 'SELECT pg_backend_pid() AS pid, pg_sleep(60)')
  const findSql = `SELECT pid FROM pg_stat_activity
    WHERE query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()`
  let found: Record<string, unknown>[] = []
  while (found.length === 0) found = await query(url, findSql)
  process.kill(found[0]!.pid as number, 'SIGKILL')
  await assert.rejects(sleeping)
  assert.deepEqual(await queryWhenUp(url, 'SELECT 1 AS n'), [{ n: 1 }])
  assert.deepEqual(database.states, ['up'])
})

test('a server that cannot start is tried until it can', async (t) => {
  const folder = makeFolder(t)
  const database = await start(t, join(folder, 'data'))
  const control = join(folder, 'data', 'postgres', 'cluster', 'global', 'pg_control')
  renameSync(control, `${control}.away`)
  process.kill(database.pid()!, 'SIGKILL')
  const failures = () => database.lines.filter((line) => line.msg.includes('did not start')).length
  assert.ok(await until(() => failures() >= 2, 60_000), 'two failed attempts are told')
  renameSync(`${control}.away`, control)
  assert.deepEqual(await queryWhenUp(database.url('postgres'), 'SELECT 1 AS n'), [{ n: 1 }])
})

test('stop returns in time while a broken server is tried again', async (t) => {
  const folder = makeFolder(t)
  const database = await start(t, join(folder, 'data'))
  const control = join(folder, 'data', 'postgres', 'cluster', 'global', 'pg_control')
  renameSync(control, `${control}.away`)
  process.kill(database.pid()!, 'SIGKILL')
  await until(() => database.lines.some((line) => line.msg.includes('did not start')), 60_000)
  await stopInTime(database)
  assert.deepEqual(processesIn(folder), [])
})

for (const kind of ['busy', 'killed', 'frozen', 'just restarted'] as const) {
  test(`stop returns when the server is ${kind}, and none is left`, async (t) => {
    const folder = makeFolder(t)
    const database = await start(t, join(folder, 'data'))
    assert.equal(sharedMemoryOf(folder), onLinux ? 1 : 0)
    if (kind === 'busy') await keepBusy(database.url('postgres'))
    if (kind === 'frozen') process.kill(database.pid()!, 'SIGSTOP')
    if (kind === 'killed' || kind === 'just restarted') {
      const killed = database.pid()!
      process.kill(killed, 'SIGKILL')
      if (kind === 'just restarted')
        await until(() => ![undefined, killed].includes(database.pid()), 30_000, 1)
    }
    await stopInTime(database)
    assert.equal(database.pid(), undefined)
    assert.deepEqual(processesIn(folder), [])
    assert.equal(sharedMemoryOf(folder), 0)
  })
}

/** How many System V segments there are under the key that PostgreSQL takes for this folder. */
function sharedMemoryOf(folder: string): number {
  const key = statSync(join(folder, 'data', 'postgres', 'cluster')).ino
  return sharedSegments().filter((segment) => segment.key === key).length
}

async function stopInTime(database: { stop(): Promise<void> }): Promise<void> {
  const begun = performance.now()
  await Promise.all([database.stop(), database.stop()])
  const took = performance.now() - begun
  assert.ok(took < 30_000, `stop took ${took} ms`)
}

for (const guard of ['setpriv', 'pipe'] as const) {
  const skip = guard === 'setpriv' && process.platform !== 'linux'
  test(`kill -9 of the parent under ${guard} leaves no process and the next start works`, {
    skip,
  }, async (t) => {
    const folder = makeFolder(t)
    const dataDir = join(folder, 'data')
    const server = startProcess(t, dataDir, { surroundings: { guard } })
    const { url } = await server.next('ready')
    await query(url!, 'CREATE TABLE kept AS SELECT 42 AS n')
    server.child.kill('SIGKILL')
    assert.ok(await until(() => processesIn(folder).length === 0, 30_000), 'all ended')
    const next = await start(t, dataDir)
    assert.deepEqual(await query(next.url('postgres'), 'SELECT n FROM kept'), [{ n: 42 }])
  })
}

test('without any guard the next start ends the orphan and goes on', async (t) => {
  const folder = makeFolder(t)
  const dataDir = join(folder, 'data')
  const server = startProcess(t, dataDir, { surroundings: { guard: 'none' } })
  const { url, pid } = await server.next('ready')
  await query(url!, 'CREATE TABLE kept AS SELECT 42 AS n')
  server.child.kill('SIGKILL')
  await server.exited
  assert.ok(processesIn(folder).includes(pid!), 'the orphan is there')
  const next = await start(t, dataDir)
  assert.match(next.lines[0]!.msg, new RegExp(`Ending PostgreSQL process ${pid},`))
  assert.deepEqual(await query(next.url('postgres'), 'SELECT n FROM kept'), [{ n: 42 }])
})

test('kill -9 of server and database at once: nothing stays, nothing committed is lost', async (t) => {
  const folder = makeFolder(t)
  const dataDir = join(folder, 'data')
  const server = startProcess(t, dataDir)
  const { url, pid } = await server.next('ready')
  await query(url!, 'CREATE TABLE kept AS SELECT 42 AS n')
  process.kill(pid!, 'SIGKILL')
  server.child.kill('SIGKILL')
  await server.exited
  assert.ok(await until(() => processesIn(folder).length === 0, 30_000), 'all ended')
  const next = await start(t, dataDir)
  assert.deepEqual(await query(next.url('postgres'), 'SELECT n FROM kept'), [{ n: 42 }])
})

test('kill -9 of both with a backend deep in a query: the next start ends it', async (t) => {
  const folder = makeFolder(t)
  const dataDir = join(folder, 'data')
  const server = startProcess(t, dataDir)
  const { url, pid } = await server.next('ready')
  await keepBusy(url!)
  process.kill(pid!, 'SIGKILL')
  server.child.kill('SIGKILL')
  await server.exited
  const next = await start(t, dataDir)
  assert.deepEqual(await query(next.url('postgres'), isBusySql), [{ n: 0 }])
})

test('kill -9 while the first start makes the cluster: the next one begins anew', async (t) => {
  const folder = makeFolder(t)
  const dataDir = join(folder, 'data')
  const server = startProcess(t, dataDir)
  const home = join(dataDir, 'postgres')
  const isHalf = () => existsSync(home) && readdirSync(home).some((name) => name.startsWith('cluster.tmp'))
  assert.ok(await until(isHalf, 60_000, 1), 'initdb has begun')
  server.child.kill('SIGKILL')
  await server.exited
  const next = await start(t, dataDir)
  assert.deepEqual(await query(next.url('postgres'), 'SELECT 1 AS n'), [{ n: 1 }])
  assert.equal(isHalf(), false)
})

test('Ctrl-C reaches the whole process group, yet the server still writes its last row', async (t) => {
  const folder = makeFolder(t)
  const dataDir = join(folder, 'data')
  const server = startProcess(t, dataDir, {}, { detached: true })
  await server.next('ready')
  process.kill(-server.child.pid!, 'SIGINT')
  await server.next('stopped')
  assert.ok(!server.events.some((event) => event.kind === 'log'), JSON.stringify(server.events))
  assert.ok(await until(() => processesIn(folder).length === 0, 30_000), 'all ended')
  const next = await start(t, dataDir)
  assert.deepEqual(await query(next.url('postgres'), 'SELECT n FROM last_rows'), [{ n: 1 }])
})

test('a full disk is told at once, and the database is back when there is room', async (t) => {
  const folder = makeFolder(t)
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=120m,mode=755', 'none', disk])
  if (mount.status !== 0) return t.skip('no disk of limited size can be made here')
  atEnd(t, () => spawnSync('umount', ['-l', disk]))
  const database = await start(t, join(disk, 'data'))
  const ballast = join(disk, 'ballast')
  const url = database.url('postgres')
  await query(url, 'CREATE TABLE filling AS SELECT 1 AS n')
  const { bavail, bsize } = statfsSync(disk)
  writeFileSync(ballast, Buffer.alloc(bavail * bsize - 1_000_000))
  const full = query(url, 'INSERT INTO filling SELECT n FROM generate_series(1, 5000000) n')
  await assert.rejects(full)
  const isTold = () => database.lines.some((line) => line.msg.includes('No space left on device'))
  assert.ok(await until(isTold, 30_000), 'the operator is told')
  rmSync(ballast)
  assert.deepEqual(await queryWhenUp(url, 'SELECT count(*)::int AS n FROM filling'), [{ n: 1 }])
  await database.stop()
})
