import type { Context } from '../context.ts'
import type { Heads } from './heads.ts'
import { judgeOldHead } from './rules-cut.ts'
import { newestSeal, readSeals } from './store.ts'
import { newestCut } from './store-cuts.ts'

type Kept = { seq: number; hash: string; at: string }

/** Whether the chain holds the block whose head was kept, or retention has taken it away. */
async function isOfChain({ db, now }: Context, known: Kept): Promise<boolean> {
  const seal = (await readSeals(db.pool, known.seq, 1))[0]
  if (seal?.seq === known.seq) return seal.hash.toString('hex') === known.hash
  const cut = await newestCut(db.pool)
  return cut !== undefined && known.seq <= cut.seq && !judgeOldHead(known, cut, now().getTime())
}

/**
 * Keeps the head of the chain when it has moved; gives the newest kept. Nothing is kept of a chain that does
 * not hold what was kept before: the file then stays the witness of that.
 */
export async function keepHead(
  ctx: Context,
  heads: Heads,
  last: Kept | undefined,
): Promise<Kept | undefined> {
  const newest = await newestSeal(ctx.db.pool)
  const known = last ?? (await heads.read()).at(-1)
  if (known && !(await isOfChain(ctx, known))) {
    ctx.log.error({ seq: known.seq }, 'the audit chain is not the one whose head was kept: audit:verify')
    return known
  }
  if (!newest || newest.seq === known?.seq) return known
  const { seq, hash } = newest
  const at = ctx.now().toISOString()
  await heads.keep({ seq, hash, at })
  return { seq, hash: hash.toString('hex'), at }
}
