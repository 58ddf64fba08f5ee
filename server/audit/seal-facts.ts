import { setTimeout as delay } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { type Connection, transaction } from '../lib/db.ts'
import { hashBlock } from './hash-block.ts'
import { blockLimit, chainBegin, fullBytes, parseIds, shorten } from './rules.ts'
import * as store from './store.ts'

/** Milliseconds since 1970 -> seconds with six decimals, as PostgreSQL writes them. */
const inSeconds = (at: Date) => {
  const ms = at.getTime()
  return `${Math.floor(ms / 1_000)}.${String(ms % 1_000).padStart(3, '0')}000`
}

/** Seals the next block; gives how many facts it has, 0 when there are none or another process is at it. */
async function sealBlock(ctx: Context, connection: Connection): Promise<number> {
  // The lock first: only a statement after it sees the block of the process that had it before.
  if (!(await store.takeSealing(connection))) return 0
  const previous = (await store.newestSeal(connection)) ?? chainBegin
  const from = previous.last_fact_id === null ? store.firstOfAll : previous.last_fact_id + 1
  // Facts become visible in the order of their ids (timeline/record.ts), so none comes before these later.
  const rows = await store.hashRows(connection, from, store.lastOfAll, blockLimit)
  if (!rows) return 0
  const { fact_ids, hashes } = rows
  const ids = parseIds(fact_ids, blockLimit)
  const [first, last] = [ids?.[0], ids?.at(-1)]
  if (first === undefined || last === undefined) throw new Error('the facts to seal have no ids')
  const sealed = {
    seq: previous.seq + 1,
    previous_hash: previous.hash,
    sealed_at: inSeconds(ctx.now()),
    fact_ids,
  }
  await store.insertSeal(connection, {
    ...sealed,
    first_fact_id: first,
    last_fact_id: last,
    fact_count: hashes.length / fullBytes,
    row_hashes: shorten(hashes),
    hash: hashBlock(sealed, hashes),
  })
  return hashes.length / fullBytes
}

/**
 * Seals what is not sealed yet, block by block. Between two it rests as long as the last one took, so that
 * a long arrear leaves intake room. `mayGoOn` is asked before each further block.
 */
export async function sealFacts(ctx: Context, mayGoOn: () => boolean = () => true): Promise<void> {
  for (;;) {
    const begin = performance.now()
    const count = await transaction(ctx.db, (connection) => sealBlock(ctx, connection))
    if (count < blockLimit || !mayGoOn()) return
    await delay(performance.now() - begin)
  }
}
