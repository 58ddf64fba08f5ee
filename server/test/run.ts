import { chmodSync, globSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import pg from 'pg'
import { buildConsole } from '../lib/build-console.ts'
import { startEmbeddedPostgres } from '../lib/embedded-postgres/start.ts'
import { migrate } from '../lib/migrate.ts'
import { longest } from './longest.ts'
import { findChromium } from './support/chromium.ts'

const root = join(import.meta.dirname, '../..')
const say = (line: string) => process.stdout.write(`${line}\n`)

/** The tests of a folder, all below it too. */
function testsIn(folder: string): string[] {
  const exclude = (name: string) => /(^|\/)(node_modules|dist|data)(\/|$)/.test(name)
  return globSync('**/*.test.ts', { cwd: folder, exclude }).map((file) => join(folder, file))
}

/** What was asked for, files and folders, or everything. */
function findFiles(asked: string[]): string[] {
  const parts = ['contract', 'server', 'simulator', 'bench', 'console']
  const places = asked.length > 0 ? asked.map((place) => resolve(place)) : parts.map((one) => join(root, one))
  const files = places.flatMap((place) => (statSync(place).isDirectory() ? testsIn(place) : [place]))
  const rank = (file: string) => {
    const at = longest.indexOf(relative(root, file))
    return at < 0 ? longest.length : at
  }
  return files.toSorted((a, b) => rank(a) - rank(b))
}

/** One PostgreSQL for the run, with a migrated template that each test file copies. */
async function startCluster(folder: string) {
  const cluster = await startEmbeddedPostgres({
    dataDir: folder,
    log: ({ level, msg }) => level === 'error' && say(`database: ${msg}`),
    // Tests that prove durability start a PostgreSQL of their own with everything on.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' },
  })
  await cluster.ensureDatabase('toneout_template')
  await migrate(cluster.options('toneout_template'), () => new Date())
  const client = new pg.Client(cluster.options('postgres'))
  await client.connect()
  await client.query("UPDATE pg_database SET datistemplate = true WHERE datname = 'toneout_template'")
  await client.end()
  return cluster
}

/** Runs the files in processes of their own; gives the counts of the whole run and the slowest files. */
async function runFiles(files: string[], concurrency: number) {
  const total = { passed: 0, failed: 0 }
  const took: { file: string; seconds: number }[] = []
  // Long enough for a machine many times slower: what ends a file is that it hangs.
  const stream = run({ files, concurrency, timeout: 1_800_000 })
  stream.on('test:summary', ({ file, counts, duration_ms }) => {
    if (file !== undefined) return void took.push({ file, seconds: duration_ms / 1_000 })
    total.passed = counts.passed
    total.failed = counts.tests - counts.passed - counts.skipped - counts.todo
  })
  for await (const chunk of stream.compose(spec as never)) process.stdout.write(chunk as string)
  const slowest = took.toSorted((a, b) => b.seconds - a.seconds).slice(0, 20)
  return { ...total, slowest }
}

async function main(): Promise<number> {
  const files = findFiles(process.argv.slice(2))
  const browser = files.some((file) => file.endsWith('.browser.test.ts'))
  const scratch = mkdtempSync(join(tmpdir(), 'toneout-test-'))
  // Some tests run programs as another user, who must be able to go through.
  chmodSync(scratch, 0o755)
  const dataDir = mkdtempSync(join(tmpdir(), 'toneout-test-db-'))
  // Hundreds of processes load the same files: each is made ready to run once.
  const compiled = mkdtempSync(join(tmpdir(), 'toneout-test-compiled-'))
  process.env.NODE_COMPILE_CACHE = compiled
  const cluster = await startCluster(dataDir)
  let counts: Awaited<ReturnType<typeof runFiles>> = { passed: 0, failed: 0, slowest: [] }
  try {
    if (browser) {
      findChromium()
      await buildConsole(say)
    }
    process.env.TONEOUT_TEST_CLUSTER = cluster.url('postgres')
    process.env.TMPDIR = scratch
    // One more than there are cores: tests wait for others much of the time.
    counts = await runFiles(files, Math.max(2, availableParallelism()) + 1)
  } finally {
    await cluster.stop()
    for (const folder of [dataDir, compiled]) rmSync(folder, { recursive: true, force: true })
  }
  const left = readdirSync(scratch).filter((name) => !name.startsWith('node-compile-cache'))
  if (left.length > 0) say(`temporary files were left behind: ${left.join(', ')}`)
  rmSync(scratch, { recursive: true, force: true })
  if (files.length > 20) {
    say('\nthe slowest files:')
    for (const { file, seconds } of counts.slowest) say(`${seconds.toFixed(1)} s  ${relative(root, file)}`)
  }
  const failed = counts.failed + (left.length > 0 ? 1 : 0)
  say(`\n${counts.passed} passed, ${failed} failed`)
  return failed > 0 || counts.passed === 0 ? 1 : 0
}

process.exit(await main())
