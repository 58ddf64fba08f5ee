import type { Handover, HandoverQuery } from '@toneout/contract/model/handover.ts'
import { type Database, sql } from '../lib/db.ts'
import { anywhere, type Page } from '../lib/keyset-page.ts'
import { readNewestPage } from '../lib/newest-page.ts'

/** A page of notes, newest first; undefined when the cursor is not one of this list's. */
export function readHandovers(db: Database, query: HandoverQuery): Promise<Page<Handover> | undefined> {
  const words = query.search ? anywhere(query.search) : undefined
  const where = words
    ? sql`(h.text ILIKE ${words} OR h.written_by ILIKE ${words} OR h.desk ILIKE ${words})`
    : sql`true`
  return readNewestPage<Handover>(
    db,
    {
      name: 'handovers',
      columns: 'h.id, h.text, h.desk, h.written_at, h.written_by',
      from: 'handover_notes h',
      where,
      key: 'h.written_at',
      keyType: 'timestamptz',
      id: 'h.id',
      newestFirst: true,
    },
    query,
  )
}
