import type { ChainFault } from '@toneout/contract/model/audit.ts'
import { createBreather } from '../lib/breathe.ts'
import type { Database } from '../lib/db.ts'
import type { Head, Heads } from './heads.ts'
import { type ChainEnd, chainBegin } from './rules.ts'
import { type Cut, judgeOldHead } from './rules-cut.ts'
import * as store from './store.ts'
import { isOnRecord, newestCut, readLeftovers } from './store-cuts.ts'

/** Heads are undefined where there is no folder for them. */
export type Chain = { db: Database; heads: Heads | undefined; now: () => Date }
/** Where a check begins, with the heads that are to be compared with the blocks from there on. */
export type Start = { end: ChainEnd; heads: Head[]; cutTo: number | null }

async function judgeCut({ db, heads, now }: Chain, cut: Cut, old: Head[]): Promise<ChainFault | undefined> {
  const { seq } = cut
  const fault = (words: string): ChainFault => ({ kind: 'cut', fact_id: null, seq, words })
  const late = Date.parse(cut.cut_at) > now().getTime() + 24 * 3_600_000
  if (late) return fault(`Block ${seq} is said to be cut away in the future.`)
  if (!(await isOnRecord(db.pool, cut)))
    return fault(`No fact tells of the cut behind block ${seq} as it is.`)
  const left = await readLeftovers(db.pool, cut)
  if (left.fact_id !== null) {
    const words = `Fact ${left.fact_id} is from before the cut, and was not there after it.`
    return { kind: 'inserted', fact_id: left.fact_id, seq, words }
  }
  if (left.seq !== null) return fault(`Block ${left.seq} is there again, though it was cut away.`)
  const breathe = createBreather()
  for (const head of old) {
    await breathe()
    if (!heads?.isSigned(head)) {
      return {
        kind: 'head',
        fact_id: null,
        seq: head.seq,
        words: `The head kept of block ${head.seq} is not signed by us.`,
      }
    }
    const words = judgeOldHead(head, cut, now().getTime())
    if (words) return { kind: 'head', fact_id: null, seq: head.seq, words }
  }
  return undefined
}

/**
 * Where a check from a block on begins: at the first block, behind the newest cut, or behind the block before
 * it. A fault when that is not as it was, undefined when there never was such a block.
 */
export async function findStart(chain: Chain, from: number): Promise<Start | ChainFault | undefined> {
  const { db } = chain
  const kept = (await chain.heads?.read()) ?? []
  const cut = await newestCut(db.pool)
  if (cut && from <= cut.seq + 1) {
    const { seq, last_fact_id, hash } = cut
    const old = kept.filter((head) => head.seq <= seq)
    const fault = await judgeCut(chain, cut, old)
    if (fault) return fault
    return { end: { seq, last_fact_id, hash }, heads: kept.slice(old.length), cutTo: last_fact_id }
  }
  const heads = kept.filter((head) => head.seq >= from)
  const cutTo = cut?.last_fact_id ?? null
  if (from === 1) return { end: chainBegin, heads, cutTo }
  const seq = from - 1
  const before = (await store.readSeals(db.pool, seq, 1))[0]
  if (!before) return undefined
  const words = `Block ${seq} is not there any more.`
  return before.seq === seq ? { end: before, heads, cutTo } : { kind: 'block', fact_id: null, seq, words }
}
