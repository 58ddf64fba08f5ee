import type { ChainFault, Verification } from '@toneout/contract/model/audit.ts'
import { createBreather } from '../lib/breathe.ts'
import type { Database } from '../lib/db.ts'
import { hashBlock } from './block-hash.ts'
import { type Chain, findStart } from './chain-start.ts'
import type { Head, Heads } from './heads.ts'
import { blockLimit, type ChainEnd, chainBegin, fullBytes, judgeBlock, parseIds, type Rows } from './rules.ts'
import * as store from './store.ts'

export type Options = {
  /** The block to begin with; the one before it is taken to be whole. */
  from: number
  /** Asked after each window of blocks. */
  mayGoOn: () => boolean
  /** Told of what was checked so far. */
  onProgress?: (facts: number, blocks: number) => void
}

/** Blocks read at once, and facts of the blocks that are checked at once. */
const windowOf = { blocks: 32, facts: blockLimit }

/** All facts after `previous` up to the last of the blocks; one that should not be there is enough. */
async function readRows(db: Database, previous: ChainEnd, seals: readonly store.Seal[]): Promise<Rows> {
  const expected = seals.reduce((sum, seal) => sum + Math.min(seal.fact_count, blockLimit), 0)
  const from = previous.last_fact_id === null ? store.firstOfAll : previous.last_fact_id + 1
  const to = Math.min(Math.max(...seals.map((seal) => seal.last_fact_id)), Number.MAX_SAFE_INTEGER)
  const rows = await store.hashRows(db.pool, from, to, expected + 1)
  const ids = rows && parseIds(rows.fact_ids, expected + 1)
  return rows && ids ? { ids, hashes: rows.hashes } : { ids: [], hashes: Buffer.alloc(0) }
}

function upTo(rows: Rows, begin: number, last: number): { rows: Rows; end: number } {
  let end = begin
  while (end < rows.ids.length && (rows.ids[end] as number) <= last) end += 1
  const hashes = rows.hashes.subarray(begin * fullBytes, end * fullBytes)
  return { rows: { ids: rows.ids.slice(begin, end), hashes }, end }
}

/** What is wrong with a kept head when block `seq` of the chain has `hash`, in hex; undefined: not there. */
function judgeHead(heads: Heads, head: Head, hash: string | undefined): ChainFault | undefined {
  const { seq, at } = head
  const about = { kind: 'head', fact_id: null, seq } as const
  if (!heads.isSigned(head)) return { ...about, words: `The head kept of block ${seq} is not signed by us.` }
  if (head.hash === hash) return undefined
  const what = hash === undefined ? 'is not there any more' : 'is not the one it was then'
  return { ...about, words: `Block ${seq}, whose head was kept at ${at}, ${what}.` }
}

/**
 * Checks the chain against the facts as they are, and against the heads kept outside the database; undefined
 * when there are not so many blocks.
 */
export async function verifyChain(chain: Chain, options: Options): Promise<Verification | undefined> {
  const { db, heads } = chain
  const begin = await findStart(chain, options.from)
  if (!begin) return undefined
  const kept = 'kind' in begin ? [] : begin.heads
  const breathe = createBreather()
  const done = { facts: 0, blocks: 0, heads: 0 }
  let end = 'kind' in begin ? chainBegin : begin.end
  const result = (first_bad: ChainFault | null, next: number | null, unsealed: number | null) => ({
    ok: first_bad === null,
    facts_checked: done.facts,
    blocks: done.blocks,
    heads: done.heads,
    sealed_to: end.last_fact_id,
    cut_to: 'kind' in begin ? null : begin.cutTo,
    unsealed,
    next,
    first_bad,
  })
  if ('kind' in begin) return result(begin, null, null)
  /** The next heads of the file, while they are of this block or of one before it. */
  const compare = async (seq: number, hash: string | undefined): Promise<ChainFault | undefined> => {
    for (let head = kept[done.heads]; head && head.seq <= seq; head = kept[done.heads]) {
      const bad = heads && judgeHead(heads, head, hash)
      if (bad) return bad
      done.heads += 1
      await breathe()
    }
    return undefined
  }

  for (;;) {
    const seals = await store.readWindow(db.pool, end.seq + 1, windowOf)
    if (seals.length === 0) break
    const rows = await readRows(db, end, seals)
    let at = 0
    for (const seal of seals) {
      const part = upTo(rows, at, seal.last_fact_id)
      at = part.end
      const bad = judgeBlock(seal, end, part.rows, (hashes) => hashBlock(seal, hashes))
      const fault = bad ?? (await compare(seal.seq, seal.hash.toString('hex')))
      if (fault) return result(fault, null, null)
      end = seal
      done.blocks += 1
      done.facts += seal.fact_count
      await breathe()
    }
    options.onProgress?.(done.facts, done.blocks)
    if (!options.mayGoOn()) return result(null, end.seq + 1, null)
  }
  const cut = await compare(Number.MAX_SAFE_INTEGER, undefined)
  return cut ? result(cut, null, null) : result(null, null, await store.countAfter(db, end.last_fact_id ?? 0))
}
