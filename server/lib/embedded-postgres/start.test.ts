import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { makeFolder, processesIn, query, start, startProcess } from './fixture.ts'
import { loginTo } from './login.ts'

test('a first start makes a durable, private cluster', async (t) => {
  const folder = makeFolder(t)
  const database = await start(t, join(folder, 'data'), { settings: {} })
  const [row] = await query(
    database.url('postgres'),
    `SELECT current_setting('server_version_num')::int / 10000 AS major, current_setting('fsync') AS fsync,
       current_setting('synchronous_commit') AS commit, current_setting('full_page_writes') AS pages,
       current_setting('data_checksums') AS checksums, current_setting('timezone') AS zone,
       current_setting('server_encoding') AS encoding, current_setting('listen_addresses') AS listens,
       (SELECT concat(datlocprovider, ' ', datlocale) FROM pg_database WHERE datname = 'postgres') AS locale,
       (SELECT rolpassword LIKE 'SCRAM-SHA-256$%' FROM pg_authid WHERE rolname = 'toneout') AS scram`,
  )
  assert.deepEqual(row, {
    major: 18,
    fsync: 'on',
    commit: 'on',
    pages: 'on',
    checksums: 'on',
    zone: 'UTC',
    encoding: 'UTF8',
    listens: '',
    locale: 'b C.UTF-8',
    scram: true,
  })
  const home = join(folder, 'data', 'postgres')
  assert.equal(database.host, join(home, 'run'))
  assert.equal(statSync(home).mode & 0o777, 0o700)
  for (const name of ['password', 'holder.json', 'postgres.log']) {
    assert.equal(statSync(join(home, name)).mode & 0o777, 0o600, name)
  }
  assert.deepEqual(database.states, ['up'])
})

test('a wrong password is refused', async (t) => {
  const folder = makeFolder(t)
  const database = await start(t, join(folder, 'data'))
  const wrong = loginTo(database, 'guess').url('postgres')
  await assert.rejects(query(wrong, 'SELECT 1'), { code: '28P01' })
})

test('a second start keeps the data and the password, and stop leaves nothing behind', async (t) => {
  const folder = makeFolder(t)
  const dataDir = join(folder, 'data')
  const first = await start(t, dataDir)
  await query(first.url('postgres'), 'CREATE TABLE kept AS SELECT 42 AS n')
  await first.stop()
  assert.equal(first.pid(), undefined)
  assert.deepEqual(processesIn(folder), [])
  assert.deepEqual(readdirSync(join(dataDir, 'postgres')).sort(), [
    'cluster',
    'lock',
    'password',
    'postgres.log',
  ])
  const second = await start(t, dataDir)
  assert.equal(second.password, first.password)
  assert.deepEqual(await query(second.url('postgres'), 'SELECT n FROM kept'), [{ n: 42 }])
})

test('a lost password is replaced and the data stays', async (t) => {
  const folder = makeFolder(t)
  const dataDir = join(folder, 'data')
  const first = await start(t, dataDir)
  await query(first.url('postgres'), 'CREATE TABLE kept AS SELECT 42 AS n')
  await first.stop()
  rmSync(join(dataDir, 'postgres', 'password'))
  const second = await start(t, dataDir)
  assert.notEqual(second.password, first.password)
  assert.deepEqual(await query(second.url('postgres'), 'SELECT n FROM kept'), [{ n: 42 }])
})

test('folders may hold spaces, quotes and commas, and the URL still works', async (t) => {
  const folder = makeFolder(t)
  const database = await start(t, join(folder, `my, "own" data's %41 ü`))
  assert.ok(database.host.startsWith('/'))
  assert.deepEqual(await query(database.url('postgres'), 'SELECT 1 AS n'), [{ n: 1 }])
  await database.ensureDatabase('a "b" c')
  const [row] = await query(database.url('a "b" c'), 'SELECT current_database() AS name')
  assert.deepEqual(row, { name: 'a "b" c' })
})

test('a path too long for a socket falls back to 127.0.0.1', async (t) => {
  const folder = makeFolder(t)
  const dataDir = join(folder, 'd'.repeat(100))
  const database = await start(t, dataDir)
  assert.equal(database.host, '127.0.0.1')
  const sql = `SELECT current_setting('listen_addresses') AS listens,
    current_setting('unix_socket_directories') AS s`
  assert.deepEqual(await query(database.url('postgres'), sql), [{ listens: '127.0.0.1', s: '' }])
})

test('a relative DATA_DIR is taken from the current folder, whatever it is', async (t) => {
  const folder = makeFolder(t)
  mkdirSync(join(folder, 'somewhere'), { mode: 0o755 })
  const server = startProcess(t, 'data', {}, { cwd: join(folder, 'somewhere') })
  const { url } = await server.next('ready')
  assert.deepEqual(await query(url!, 'SELECT 1 AS n'), [{ n: 1 }])
  assert.ok(existsSync(join(folder, 'somewhere', 'data', 'postgres', 'cluster')))
  server.child.kill('SIGTERM')
  await server.next('stopped')
})

test('ensureDatabase makes one database, also when many ask at once', async (t) => {
  const folder = makeFolder(t)
  const database = await start(t, join(folder, 'data'))
  await Promise.all(Array.from({ length: 8 }, () => database.ensureDatabase('dispatch_db')))
  await database.ensureDatabase('dispatch_db')
  const client = new pg.Client(database.options('dispatch_db'))
  await client.connect()
  const found = await client.query(`SELECT count(*)::int AS n FROM pg_database WHERE datname = 'dispatch_db'`)
  assert.deepEqual(found.rows, [{ n: 1 }])
  await client.end()
})

test('settings reach the server and win over ours', async (t) => {
  const folder = makeFolder(t)
  const settings = { fsync: 'off', max_connections: '17', work_mem: '3MB' }
  const database = await start(t, join(folder, 'data'), { settings })
  const sql = `SELECT current_setting('max_connections') AS c, current_setting('work_mem') AS w`
  assert.deepEqual(await query(database.url('postgres'), sql), [{ c: '17', w: '3MB' }])
})

test('a setting PostgreSQL refuses is told in one line', async (t) => {
  const folder = makeFolder(t)
  const settings = { fsync: 'off', shared_buffers: 'plenty' }
  await assert.rejects(start(t, join(folder, 'data'), { settings }), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'start_failed')
    assert.match(error.message, /invalid value for parameter "shared_buffers": "plenty"/)
    assert.doesNotMatch(error.message, /\n/)
    return true
  })
})

test('neither the password nor the values of a failed query reach a log', async (t) => {
  const folder = makeFolder(t)
  const database = await start(t, join(folder, 'data'))
  const canary = 'canary +15550142'
  const url = database.url('postgres')
  await query(url, 'CREATE TABLE called (number text UNIQUE)')
  await query(url, `INSERT INTO called VALUES ('${canary}')`)
  for (const sql of [
    `INSERT INTO called VALUES ('${canary}')`,
    `SELECT '${canary}'::int`,
    `SELECT '${canary}\nsecond line'::int`,
    `DO $$ BEGIN RAISE WARNING '${canary}'; END $$`,
  ]) {
    await query(url, sql).catch(() => {})
  }
  await database.stop()
  const written = readFileSync(join(folder, 'data', 'postgres', 'postgres.log'), 'utf8')
  assert.match(written, /client backend 23505 ERROR: {2}\(text withheld\)/)
  for (const secret of [canary, 'second line', database.password]) {
    assert.ok(!written.includes(secret), secret)
    assert.ok(!JSON.stringify(database.lines).includes(secret), secret)
  }
})

test('a missing program is told in one line', async (t) => {
  const folder = makeFolder(t)
  const surroundings = { native: join(folder, 'nothing') }
  await assert.rejects(start(t, join(folder, 'data'), { surroundings }), { code: 'no_binaries' })
})

test('a cluster of another major version is refused, not touched', async (t) => {
  const folder = makeFolder(t)
  const dataDir = join(folder, 'data')
  await (await start(t, dataDir)).stop()
  const version = join(dataDir, 'postgres', 'cluster', 'PG_VERSION')
  spawnSync('sh', ['-c', 'echo 17 > "$1"', 'sh', version])
  await assert.rejects(start(t, dataDir), { code: 'wrong_version' })
})
