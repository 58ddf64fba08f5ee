import { runProgram } from './run-program.ts'

/** As our driver reads them (lib/db.ts): ids stay below 2^53, instants are ISO text. */
const mapping = { int8: 'number', timestamptz: 'string' }

/** Row types of a migrated database, as TypeScript text. */
export async function rowTypes(url: string): Promise<string> {
  const args = ['--dialect', 'postgres', '--print', '--log-level', 'silent']
  const ended = await runProgram(
    'kysely-codegen',
    'dist/cli/bin.js',
    [...args, '--type-mapping', JSON.stringify(mapping)],
    { DATABASE_URL: url },
  )
  if (ended.code !== 0) throw new Error(`kysely-codegen failed: ${ended.stderr}`)
  return ended.stdout
}
