import type { CompiledQuery } from 'kysely'
import type { Context } from '../context.ts'
import { sql } from '../lib/db.ts'
import { fromOf } from '../lib/newest-page.ts'
import { mostSheetRows } from './rules.ts'
import type { Source } from './source.ts'

/** All rows of the source in its order. */
export function statementOf({ db }: Context, source: Source): CompiledQuery {
  const { columns, where, order } = source
  const all = sql`SELECT ${sql.raw(columns)} FROM ${fromOf(source)} WHERE ${where}
    ORDER BY ${sql.raw(order)}`
  return all.compile(db.kysely)
}

/** Whether a sheet holds all rows; counts no further than it must. */
export async function fitsSheet({ db }: Context, source: Source): Promise<boolean> {
  const counted = await sql<{ n: number }>`SELECT count(*) AS n FROM (SELECT FROM ${fromOf(source)}
    WHERE ${source.where} LIMIT ${mostSheetRows + 1}) AS counted`.execute(db.kysely)
  return (counted.rows[0]?.n ?? 0) <= mostSheetRows
}
