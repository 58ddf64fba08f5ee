import type { Context } from '../context.ts'
import type { Heads } from './heads.ts'
import { newestSeal, readSeals } from './store.ts'

type Kept = { seq: number; hash: string }

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
  if (known) {
    const seal = (await readSeals(ctx.db.pool, known.seq, 1))[0]
    if (seal?.seq !== known.seq || seal.hash.toString('hex') !== known.hash) {
      ctx.log.error({ seq: known.seq }, 'the audit chain is not the one whose head was kept: audit:verify')
      return known
    }
  }
  if (!newest || newest.seq === known?.seq) return known
  const { seq, hash } = newest
  await heads.keep({ seq, hash, at: ctx.now().toISOString() })
  return { seq, hash: hash.toString('hex') }
}
