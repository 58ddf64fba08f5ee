import { openNumber, sealNumber } from '../calls/caller.ts'
import type { Context } from '../context.ts'
import { type Connection, transaction } from '../lib/db.ts'
import { rewrapKey, wrapNewKey } from '../lib/vault.ts'
import * as store from './store.ts'

type Base = Pick<Context, 'db' | 'now' | 'vault'>

/** Calls in one transaction. */
const batch = 500

function seal({ vault }: Base, rows: readonly store.NumberRow[]): store.SealedNumber[] {
  return rows.map((row) => ({ id: row.id, ...sealNumber(vault, row.id, openNumber(vault, row)) }))
}

/** Seals numbers that an older version wrote in plain text; gives how many, 0 when there are no more. */
export async function sealPlainNumbers(ctx: Base): Promise<number> {
  return transaction(ctx.db, async (connection: Connection) => {
    const rows = await store.takePlain(connection, batch)
    if (rows.length > 0) await store.keepSealed(connection, seal(ctx, rows))
    return rows.length
  })
}

/** Milliseconds after which a new key is used: by then every process has read it. */
export const keyDelayMs = 30_000

/**
 * Seals the data keys with the first secret of FIELD_KEYS, so that an older secret can be taken away, and
 * makes a new data key where `renew` asks for it. Gives how many keys were sealed anew.
 */
export async function rotateKeys(
  ctx: Base,
  secrets: readonly string[],
  renew: boolean,
): Promise<{ rewrapped: number; newKey: number | undefined }> {
  return transaction(ctx.db, async (connection) => {
    await store.lockDataKeys(connection)
    let rewrapped = 0
    for (const key of await store.readDataKeys(connection)) {
      const wrapped = rewrapKey(secrets, key)
      if (!wrapped) continue
      await store.replaceWrapped(connection, key.id, wrapped)
      rewrapped += 1
    }
    const newKey = renew ? await store.takeKeyId(connection) : undefined
    if (newKey !== undefined) {
      const now = ctx.now()
      const created_at = now.toISOString()
      const usable_from = new Date(now.getTime() + keyDelayMs).toISOString()
      const wrapped = wrapNewKey(secrets, newKey)
      await store.insertDataKey(connection, {
        id: newKey,
        purpose: 'field',
        wrapped,
        created_at,
        usable_from,
      })
    }
    await store.tellKeys(connection)
    return { rewrapped, newKey }
  })
}

/**
 * Seals numbers anew that were sealed with another key than the one in use, a batch at a time; yields how
 * many so far. What was done stays done when it is stopped.
 */
export async function* resealNumbers(ctx: Base): AsyncGenerator<number> {
  let [after, done] = [0, 0]
  for (;;) {
    const keyId = ctx.vault.currentKey()
    const rows = await transaction(ctx.db, async (connection) => {
      const found = await store.takeSealedOtherwise(connection, { after, keyId, limit: batch })
      if (found.length > 0) await store.keepSealed(connection, seal(ctx, found))
      return found
    })
    const last = rows.at(-1)
    if (!last) return
    after = last.id
    done += rows.length
    yield done
  }
}
