import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { grantToAppRole } from './app-role.ts'
import { sha256 } from './crypto.ts'

/** Key of the session's advisory lock: two processes that start at once migrate one after the other. */
const migrationLock = 0x746f6e64
const folder = join(import.meta.dirname, '../migrations')

type Migration = { name: string; text: string; hash: string }

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      return { name, text, hash: sha256(text) }
    }),
  )
}

export class MigrationFault extends Error {}

const table = `CREATE TABLE migrations
  (name text PRIMARY KEY, hash text NOT NULL, applied_at timestamptz NOT NULL);
COMMENT ON TABLE migrations IS 'Which files of server/migrations have been applied.';
COMMENT ON COLUMN migrations.name IS 'File name; applied in this order.';
COMMENT ON COLUMN migrations.hash IS 'SHA-256 of the file: an applied file must not be edited.';
COMMENT ON COLUMN migrations.applied_at IS 'When it was applied.';`

async function apply(client: pg.Client, { name, text, hash }: Migration, at: string): Promise<void> {
  try {
    await client.query('BEGIN')
    await client.query(text)
    await client.query('INSERT INTO migrations (name, hash, applied_at) VALUES ($1, $2, $3)', [
      name,
      hash,
      at,
    ])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw new MigrationFault(`migration ${name} failed: ${(error as Error).message}`, { cause: error })
  }
}

/**
 * Applies what is missing, in the order of the names; gives the names applied. Forward only. The role the
 * server works as gets its rights on what there is then.
 */
export async function migrate(connection: pg.ClientConfig, now: () => Date): Promise<string[]> {
  const client = new pg.Client({ ...connection, application_name: 'toneout migrate' })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query("SELECT current_setting('server_version_num')::int AS version")
    if (rows[0].version < 150_000) throw new MigrationFault('PostgreSQL 15 or newer is needed')
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock])
    // A role that may not make tables can still find that nothing is missing.
    const known = await client.query("SELECT to_regclass('migrations') IS NOT NULL AS there")
    if (!known.rows[0].there) await client.query(table)
    const applied = new Map<string, string>()
    for (const row of (await client.query('SELECT name, hash FROM migrations')).rows)
      applied.set(row.name, row.hash)
    const done: string[] = []
    for (const migration of await readMigrations()) {
      const hash = applied.get(migration.name)
      if (hash !== undefined && hash !== migration.hash) {
        throw new MigrationFault(`migration ${migration.name} was edited after it was applied`)
      }
      if (hash !== undefined) continue
      await apply(client, migration, now().toISOString())
      done.push(migration.name)
    }
    await grantToAppRole(client)
    return done
  } finally {
    await client.end()
  }
}

/** How many migrations there are; a database with fewer is behind. */
export async function countMigrations(): Promise<number> {
  return (await readMigrations()).length
}
