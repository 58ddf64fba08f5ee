import type { Connection } from '../lib/db.ts'

/** Columns of notifications that hold sealed values, and the row each is bound to. */
const sealed = [
  { table: 'contacts', row: 'person_id', columns: ['phone', 'email'] },
  { table: 'webhooks', row: 'id', columns: ['secret'] },
  { table: 'push_subscriptions', row: 'id', columns: ['subscription'] },
  // There is one row, bound to the number 1.
  { table: 'push_keys', row: '1', columns: ['private_key'] },
] as const

export const sealedColumns = sealed.flatMap(({ table, row, columns }) =>
  columns.map((column) => ({ table, row, column })),
)
export type SealedColumn = (typeof sealedColumns)[number]

export type SealedRow = { row: number; sealed: Buffer }

/** The next rows of a column after one, held until the transaction ends. */
export async function takeSealed(
  connection: Connection,
  { table, row, column }: SealedColumn,
  { after, limit }: { after: number; limit: number },
): Promise<SealedRow[]> {
  const text = `SELECT (${row})::bigint AS row, ${column} AS sealed FROM ${table}
    WHERE (${row})::bigint > $1 AND ${column} IS NOT NULL ORDER BY 1 LIMIT $2 FOR NO KEY UPDATE`
  return (await connection.query<SealedRow>(text, [after, limit])).rows
}

export async function keepSealed(
  connection: Connection,
  { table, row, column }: SealedColumn,
  one: SealedRow,
): Promise<void> {
  const text = `UPDATE ${table} SET ${column} = $2 WHERE (${row})::bigint = $1`
  await connection.query(text, [one.row, one.sealed])
}
