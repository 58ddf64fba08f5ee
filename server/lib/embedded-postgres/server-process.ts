import pg from 'pg'
import { EmbeddedPostgresError } from './errors.ts'
import { startEmbeddedPostgres } from './start.ts'

// A server process for the tests to kill: starts the database, tells what happens as lines of JSON, and on
// a signal writes a last row, as a server finishing its work does, before it stops.

const say = (event: object) => process.stdout.write(`${JSON.stringify(event)}\n`)

async function writeLastRow(url: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query('CREATE TABLE IF NOT EXISTS last_rows AS SELECT 1 AS n FROM pg_sleep(0.3)')
  await client.end()
}

try {
  const database = await startEmbeddedPostgres({
    ...JSON.parse(process.argv[2]!),
    log: (line) => say({ kind: 'log', ...line }),
    onState: (state) => say({ kind: 'state', state }),
  })
  const finish = async () => {
    await writeLastRow(database.url('postgres'))
    await database.stop()
    say({ kind: 'stopped' })
    process.exit(0)
  }
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, finish)
  say({ kind: 'ready', pid: database.pid(), url: database.url('postgres'), host: database.host })
} catch (error) {
  const code = error instanceof EmbeddedPostgresError ? error.code : undefined
  say({ kind: 'failed', code, message: (error as Error).message })
  process.exitCode = 1
}
