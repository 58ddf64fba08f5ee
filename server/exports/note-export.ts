import type { Exported, ExportFormat } from '@toneout/contract/model/export.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { toldFilters } from './rules.ts'
import type { Source } from './source.ts'

/** Who takes what away. */
export type Wanted = {
  actor: Actor & { request_id?: string }
  what: Exported
  format: ExportFormat
  columns: readonly string[]
  filters: Readonly<Record<string, unknown>>
  source: Source
  /** The kept export that it is; undefined for one that is read at once. */
  kept_id?: number
}

type Type = 'export_begun' | 'export_made' | 'export_fetched'
type Noted = Pick<Wanted, 'actor' | 'what' | 'format' | 'kept_id'>

async function note(ctx: Context, type: Type, wanted: Noted, more: object): Promise<void> {
  const { actor, what, format, kept_id } = wanted
  const data = { what, format, ...(kept_id !== undefined && { kept_id }), ...more }
  const fact = { at: ctx.now().toISOString(), type, actor, data }
  await transaction(ctx.db, (connection) => record(connection, [fact]))
}

/** On the record before the first row leaves; what was searched for is not told. */
export function noteBegin(ctx: Context, wanted: Wanted) {
  const { columns } = wanted
  return note(ctx, 'export_begun', wanted, { filters: toldFilters(wanted.filters), columns })
}

/** How many rows left, and whether they were all. */
export function noteEnd(ctx: Context, wanted: Wanted, sent: { rows: number; whole: boolean }) {
  return note(ctx, 'export_made', wanted, sent)
}

/** A file that was kept leaves, before its first byte does. */
export const noteFetch = (ctx: Context, kept: Noted) => note(ctx, 'export_fetched', kept, {})
