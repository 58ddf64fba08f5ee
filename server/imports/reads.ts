import type { HistoryImport, PageQuery, Quarantined } from '@toneout/contract/model/import.ts'
import { type Database, sql } from '../lib/db.ts'
import type { Page } from '../lib/keyset-page.ts'
import { readNewestPage, type SortedList } from '../lib/newest-page.ts'

const imports: SortedList = {
  name: 'imports',
  columns: `m.id, m.source, m.file_name, m.bytes_total, m.bytes_read, m.rows_read, m.rows_added, m.rows_known,
    m.rows_flagged, m.rows_held, m.incidents_added, m.units_added, m.started_at, m.ended_at`,
  from: 'imports m',
  where: sql`true`,
  key: 'm.started_at',
  keyType: 'timestamptz',
  id: 'm.id',
  newestFirst: true,
}

/** undefined when the cursor is not one of this list. */
export function readImports(db: Database, query: PageQuery): Promise<Page<HistoryImport> | undefined> {
  return readNewestPage<HistoryImport>(db, imports, query)
}

export async function isImport(db: Database, id: number): Promise<boolean> {
  return (await db.pool.query('SELECT 1 FROM imports WHERE id = $1', [id])).rows.length > 0
}

/** Rows left out come first. undefined when the cursor is not one of this list. */
export function readQuarantine(db: Database, id: number, query: PageQuery) {
  const list: SortedList = {
    name: `quarantine ${id}`,
    columns: 'q.id, q.row_key, q.line, q.reason, q.detail, q.is_held',
    from: 'import_quarantine q',
    where: sql`q.import_id = ${id}`,
    key: 'q.is_held::int',
    keyType: 'int',
    id: 'q.id',
    newestFirst: true,
  }
  return readNewestPage<Quarantined>(db, list, query)
}
