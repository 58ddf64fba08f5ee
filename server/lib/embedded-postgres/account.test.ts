import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { isRoot, makeFolder, onLinux, processesIn, query, start, startProcess } from './fixture.ts'
import { findNative, linkLibraries } from './native.ts'
import { until } from './processes.ts'

const asRoot = { skip: !(isRoot && onLinux) }
const nobody = { uid: accountId('-u'), gid: accountId('-g') }

function accountId(flag: string): number {
  return Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout)
}

function canRunNode(account: { uid: number; gid: number }): boolean {
  return spawnSync(process.execPath, ['-v'], account).status === 0
}

/** Copies the programs as npm unpacks them: without the library links. */
function unpackNative(target: string): string {
  const isNoLink = (path: string) => !lstatSync(path).isSymbolicLink() && !path.endsWith('.a')
  cpSync(findNative(), target, { recursive: true, filter: isNoLink })
  return target
}

test('missing library links are made, without the install script', async (t) => {
  const folder = makeFolder(t)
  const native = unpackNative(join(folder, 'some package', 'native'))
  const database = await start(t, join(folder, 'data'), { surroundings: { native } })
  assert.deepEqual(await query(database.url('postgres'), 'SELECT 1 AS n'), [{ n: 1 }])
  assert.ok(existsSync(join(native, 'lib', 'libpq.so.5')) || !onLinux)
  assert.equal(linkLibraries(native), true, 'doing it again changes nothing')
})

test('root drops to another user, with none of its own groups', asRoot, async (t) => {
  const folder = makeFolder(t)
  const database = await start(t, join(folder, 'data'))
  const status = readFileSync(`/proc/${database.pid()}/status`, 'utf8')
  const { uid } = statSync(join(folder, 'data', 'postgres', 'cluster'))
  assert.notEqual(uid, 0)
  assert.match(status, new RegExp(`^Uid:\\t${uid}\\t${uid}\\t${uid}\\t${uid}$`, 'm'))
  assert.match(status, /^Groups:\t\s*$/m)
  assert.equal(lstatSync(join(folder, 'data', 'postgres')).isSymbolicLink(), false)
})

test('secrets of the environment are not handed on', { skip: !onLinux }, async (t) => {
  const folder = makeFolder(t)
  process.env.TONEOUT_TEST_SECRET = 'canary'
  t.after(() => delete process.env.TONEOUT_TEST_SECRET)
  const database = await start(t, join(folder, 'data'))
  assert.ok(!readFileSync(`/proc/${database.pid()}/environ`, 'utf8').includes('canary'))
})

test('a DATA_DIR that only root may enter lets the user pass, not list', asRoot, async (t) => {
  const folder = makeFolder(t)
  const dataDir = join(folder, 'data')
  mkdirSync(dataDir, { mode: 0o700 })
  const database = await start(t, dataDir)
  assert.deepEqual(await query(database.url('postgres'), 'SELECT 1 AS n'), [{ n: 1 }])
  assert.equal(statSync(dataDir).mode & 0o777, 0o710)
  assert.equal(lstatSync(join(dataDir, 'postgres')).isSymbolicLink(), false)
})

test(
  'under a folder only root may enter, data and programs go outside and are found again',
  asRoot,
  async (t) => {
    const folder = makeFolder(t)
    const closed = join(folder, 'root')
    mkdirSync(closed, { mode: 0o700 })
    const native = unpackNative(join(closed, 'app', 'native'))
    const surroundings = { native, dataRoot: join(folder, 'lib'), cacheRoot: join(folder, 'cache') }
    const dataDir = join(closed, 'data')
    const first = await start(t, dataDir, { surroundings })
    await query(first.url('postgres'), 'CREATE TABLE kept AS SELECT 42 AS n')
    const home = realpathSync(join(dataDir, 'postgres'))
    assert.ok(home.startsWith(join(folder, 'lib')))
    assert.ok(readFileSync(join(dataDir, 'postgres-is-elsewhere.txt'), 'utf8').includes(home))
    assert.ok(existsSync(join(folder, 'cache')))
    assert.ok(first.lines.some((line) => line.msg.includes(home)))
    await first.stop()

    // The link leads there also when root's folder is renamed, or opened for everyone.
    renameSync(closed, join(folder, 'opened'))
    chmodSync(join(folder, 'opened'), 0o755)
    const moved = { ...surroundings, native: join(folder, 'opened', 'app', 'native') }
    const second = await start(t, join(folder, 'opened', 'data'), { surroundings: moved })
    assert.deepEqual(await query(second.url('postgres'), 'SELECT n FROM kept'), [{ n: 42 }])
    await second.stop()

    rmSync(home, { recursive: true })
    await assert.rejects(start(t, join(folder, 'opened', 'data'), { surroundings: moved }), {
      code: 'data_missing',
    })
  },
)

test('two starts at once under a closed folder agree on one place outside', asRoot, async (t) => {
  const folder = makeFolder(t)
  mkdirSync(join(folder, 'root'), { mode: 0o700 })
  const dataDir = join(folder, 'root', 'data')
  const surroundings = { dataRoot: join(folder, 'lib'), cacheRoot: join(folder, 'cache') }
  const servers = [1, 2].map(() => startProcess(t, dataDir, { surroundings }))
  const kinds = await Promise.all(
    servers.map((server) => Promise.race([server.next('ready'), server.next('failed')])),
  )
  assert.deepEqual(kinds.map((event) => event.code ?? event.kind).sort(), ['already_running', 'ready'])
})

test('root on the data of an ordinary user runs as that user and leaves it usable', asRoot, async (t) => {
  if (!canRunNode(nobody)) return t.skip('nobody cannot run this Node')
  const folder = makeFolder(t)
  const dataDir = join(folder, 'data')
  mkdirSync(dataDir)
  chownSync(dataDir, nobody.uid, nobody.gid)
  for (const account of [nobody, {}, nobody]) {
    const server = startProcess(t, dataDir, {}, account)
    const { pid } = await server.next('ready')
    assert.equal(statSync(`/proc/${pid}`).uid, nobody.uid)
    server.child.kill('SIGTERM')
    await server.next('stopped')
  }
})

test('an ordinary user: first start, refusal of a second, kill -9, next start', asRoot, async (t) => {
  if (!canRunNode(nobody)) return t.skip('nobody cannot run this Node')
  const folder = makeFolder(t, 'tone out')
  const dataDir = join(folder, 'my data')
  chownSync(folder, nobody.uid, nobody.gid)
  const first = startProcess(t, dataDir, {}, nobody)
  const { url } = await first.next('ready')
  await query(url!, 'CREATE TABLE kept AS SELECT 42 AS n')
  assert.equal((await startProcess(t, dataDir, {}, nobody).next('failed')).code, 'already_running')
  first.child.kill('SIGKILL')
  await first.exited
  assert.ok(await until(() => processesIn(folder).length === 0, 30_000), 'all ended')
  const next = startProcess(t, dataDir, {}, nobody)
  assert.deepEqual(await query((await next.next('ready')).url!, 'SELECT n FROM kept'), [{ n: 42 }])
})

test('a DATA_DIR that may not be written is told in one line', asRoot, async (t) => {
  if (!canRunNode(nobody)) return t.skip('nobody cannot run this Node')
  const folder = makeFolder(t)
  const { code, message } = await startProcess(t, join(folder, 'data'), {}, nobody).next('failed')
  assert.equal(code, 'no_permission')
  assert.match(message!, /set DATA_DIR$/)
})
