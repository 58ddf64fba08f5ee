import type { Key, KeyQuery } from '@toneout/contract/model/key.ts'
import { type Database, sql } from '../lib/db.ts'
import { anywhere, type Page } from '../lib/keyset-page.ts'
import { readNewestPage } from '../lib/newest-page.ts'
import { keyColumns } from './store.ts'

export async function findKey(db: Database, id: number): Promise<Key | undefined> {
  const text = `SELECT ${keyColumns} FROM api_keys k WHERE k.id = $1`
  return (await db.pool.query<Key>({ name: 'find-key', text, values: [id] })).rows[0]
}

/** A page of keys, newest first; undefined when the cursor is not one of this list's. */
export function readKeys(db: Database, query: KeyQuery): Promise<Page<Key> | undefined> {
  const all = [sql`true`]
  if (query.role) all.push(sql`k.role = ${query.role}`)
  if (query.revoked !== undefined) all.push(sql`(k.revoked_at IS NOT NULL) = ${query.revoked}`)
  if (query.search) all.push(sql`k.name ILIKE ${anywhere(query.search)}`)
  const list = {
    name: 'keys',
    columns: keyColumns,
    from: 'api_keys k',
    where: sql.join(all, sql` AND `),
    key: 'k.created_at',
    keyType: 'timestamptz',
    id: 'k.id',
    newestFirst: true,
  } as const
  return readNewestPage<Key>(db, list, query)
}
