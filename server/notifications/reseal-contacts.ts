import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { keyIdOf } from '../lib/field-cipher.ts'
import { keepSealed, type SealedColumn, sealedColumns, takeSealed } from './store-seals.ts'

type Base = Pick<Context, 'db' | 'vault'>

/** Rows in one transaction. */
const limit = 500

async function resealColumn({ db, vault }: Base, one: SealedColumn): Promise<number> {
  const current = vault.currentKey()
  let [after, done] = [0, 0]
  for (;;) {
    const last = await transaction(db, async (connection) => {
      const rows = await takeSealed(connection, one, { after, limit })
      for (const { row, sealed } of rows) {
        if (keyIdOf(sealed) === current) continue
        const place = { table: one.table, column: one.column, row }
        await keepSealed(connection, one, { row, sealed: vault.seal(place, vault.open(place, sealed)) })
        done += 1
      }
      return rows.at(-1)?.row
    })
    if (last === undefined) return done
    after = last
  }
}

/**
 * Seals anew what another key than the current one has sealed: numbers and addresses of people, secrets of
 * webhooks, phones, and the key they know us by. Gives how many values.
 */
export async function resealContacts(ctx: Base): Promise<number> {
  let done = 0
  for (const one of sealedColumns) done += await resealColumn(ctx, one)
  return done
}
