import type { CompiledQuery } from 'kysely'
import type { Context } from '../context.ts'
import { sql } from '../lib/db.ts'
import { mostSheetRows } from './rules.ts'
import type { Source } from './source.ts'

/** All rows of the source in its order. */
export function statementOf({ db }: Context, { columns, from, where, order }: Source): CompiledQuery {
  const all = sql`SELECT ${sql.raw(columns)} FROM ${sql.raw(from)} WHERE ${where} ORDER BY ${sql.raw(order)}`
  return all.compile(db.kysely)
}

/** Whether a sheet holds all rows; counts no further than it must. */
export async function fitsSheet({ db }: Context, { from, where }: Source): Promise<boolean> {
  const counted = await sql<{ n: number }>`SELECT count(*) AS n FROM (SELECT FROM ${sql.raw(from)}
    WHERE ${where} LIMIT ${mostSheetRows + 1}) AS counted`.execute(db.kysely)
  return (counted.rows[0]?.n ?? 0) <= mostSheetRows
}
