import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openapi } from '@toneout/contract/openapi.ts'
import { version } from '../../lib/version.ts'
import { root } from '../tidy/files.ts'
import { apiPage } from './api-page.ts'
import { databasePage } from './database-page.ts'
import { withFreshDatabase } from './fresh-database.ts'
import { missingComments, readSchema } from './read-schema.ts'
import { withRoleTable } from './role-table.ts'
import { rowTypes } from './row-types.ts'

/** Path -> the text it should have. */
export type Wanted = Readonly<Record<string, string>>

const guide = 'docs/admin-guide.md'

/** What is made from the contract alone. */
export function fromContract(): Wanted {
  return {
    'contract/openapi.json': `${JSON.stringify(openapi(version), null, 2)}\n`,
    'docs/api.md': apiPage(),
    [guide]: withRoleTable(readFileSync(join(root, guide), 'utf8')),
  }
}

/** What is made from the migrated schema, and what the schema leaves unexplained. */
export function fromDatabase(): Promise<{ wanted: Wanted; missing: string[] }> {
  return withFreshDatabase(async ({ connection, url }) => {
    const [schema, types] = await Promise.all([readSchema(connection), rowTypes(url)])
    const wanted = { 'server/lib/database-types.ts': types, 'docs/database.md': databasePage(schema) }
    return { wanted, missing: missingComments(schema) }
  })
}

/** The first line that differs, so that a drift says where it is. */
function firstDifference(now: string, wanted: string): string {
  const [a, b] = [now.split('\n'), wanted.split('\n')]
  const at = b.findIndex((line, index) => line !== a[index])
  return at < 0 ? `it is longer than ${b.length} lines` : `line ${at + 1} should be: ${b[at]}`
}

/** Files that differ from what they should be. With `write` they are written instead. */
export function settle(wanted: Wanted, write: boolean): string[] {
  return Object.entries(wanted).flatMap(([path, text]) => {
    const file = join(root, path)
    const now = existsSync(file) ? readFileSync(file, 'utf8') : undefined
    if (now === text) return []
    if (write) {
      writeFileSync(file, text)
      return []
    }
    const why = now === undefined ? 'it is missing' : firstDifference(now, text)
    return [`${path} is not what it is generated from (${why}); run: npm run generate`]
  })
}
