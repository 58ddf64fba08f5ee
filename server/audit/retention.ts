import { systemActor } from '@toneout/contract/model/fact.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import type { Heads } from './heads.ts'
import { lastToCut } from './rules-cut.ts'
import { cutChain } from './store-cuts.ts'
import { verifyChain } from './verify-chain.ts'

const dayMs = 24 * 3_600_000
/** Windows of blocks that are checked and cut at once; sealing waits meanwhile. */
const windows = 8

/**
 * Takes the oldest blocks away that are older than so many days, a few at a time; gives how many facts left.
 * They are checked before: what is not whole stays, as evidence.
 */
export async function purgeHistory(
  ctx: Context,
  heads: Heads | undefined,
  days: number | null,
): Promise<number> {
  if (days === null) return 0
  let checked = 0
  const mayGoOn = () => {
    checked += 1
    return checked < windows
  }
  const found = await verifyChain({ ...ctx, heads }, { from: 1, mayGoOn })
  if (!found?.ok) {
    ctx.log.error({ kind: found?.first_bad?.kind }, 'the history is not whole and is not cut: audit:verify')
    return 0
  }
  const now = ctx.now()
  const verifiedTo = found.next === null ? Number.MAX_SAFE_INTEGER : found.next - 1
  const toSeq = lastToCut(verifiedTo, (await heads?.read()) ?? [], now.getTime())
  const before = new Date(now.getTime() - days * dayMs).toISOString()
  return transaction(ctx.db, async (connection) => {
    const cut = await cutChain(connection, toSeq, before)
    if (!cut) return 0
    const { seq, last_fact_id, fact_count } = cut
    const data = { seq, hash: cut.hash.toString('hex'), last_fact_id, facts: fact_count, why: `${days} days` }
    const actor = systemActor('retention')
    await record(connection, [{ at: now.toISOString(), type: 'history_cut', actor, data }])
    return fact_count
  })
}
