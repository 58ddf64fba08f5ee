import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Row types of a migrated database, as TypeScript text; bigint and instants as our driver reads them (db.ts). */
export function generateTypes(url: string): string {
  const cli = join(
    createRequire(import.meta.url).resolve('kysely-codegen/package.json'),
    '../dist/cli/bin.js',
  )
  const mapping = JSON.stringify({ int8: 'number', timestamptz: 'string' })
  const args = [cli, '--dialect', 'postgres', '--print', '--type-mapping', mapping, '--log-level', 'silent']
  const made = spawnSync(process.execPath, args, {
    env: { ...process.env, DATABASE_URL: url },
    encoding: 'utf8',
  })
  if (made.status !== 0) throw new Error(`kysely-codegen failed: ${made.stderr}`)
  return made.stdout
}
