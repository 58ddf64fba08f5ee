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
}

type Type = 'export_begun' | 'export_made'

async function note(ctx: Context, type: Type, { actor, what, format }: Wanted, more: object): Promise<void> {
  const fact = { at: ctx.now().toISOString(), type, actor, data: { what, format, ...more } }
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
