import type { ChainFault } from '@toneout/contract/model/audit.ts'

/** Facts of a block at most. */
export const blockLimit = 2_000
/** Bytes of a SHA-256, and of it what a block keeps for each fact. */
export const [fullBytes, shortBytes] = [32, 16]

/** What a block is judged by. */
export type Block = {
  seq: number
  first_fact_id: number
  last_fact_id: number
  fact_count: number
  fact_ids: string
  row_hashes: Buffer
  previous_hash: Buffer
  hash: Buffer
}
/** Facts as they are now, in order, with their full hashes one after the other. */
export type Rows = { ids: readonly number[]; hashes: Buffer }
/** The end of what is known to be whole; `last_fact_id` null before the first block. */
export type ChainEnd = { seq: number; last_fact_id: number | null; hash: Buffer }

export const chainBegin: ChainEnd = { seq: 0, last_fact_id: null, hash: Buffer.alloc(fullBytes) }

/** The ids of PostgreSQL's text of a multirange, such as `{[1,4),[6,7)}`; undefined when above `limit`. */
export function parseIds(text: string, limit: number): number[] | undefined {
  const ids: number[] = []
  for (const [, first, end] of text.matchAll(/[[](-?\d+),(-?\d+)[)]/g)) {
    const from = Number(first)
    // No fact of ours has such a number, and one could not be added to it.
    const to = Number.isSafeInteger(Number(end)) && Number.isSafeInteger(from) ? Number(end) : from + 1
    if (ids.length + (to - from) > limit) return undefined
    if (to === from) ids.push(from)
    for (let id = from; id < to; id += 1) ids.push(id)
  }
  return ids
}

/** The kept part of each full hash. */
export function shorten(hashes: Buffer): Buffer {
  const count = hashes.length / fullBytes
  const short = Buffer.alloc(count * shortBytes)
  for (let at = 0; at < count; at += 1) {
    hashes.copy(short, at * shortBytes, at * fullBytes, at * fullBytes + shortBytes)
  }
  return short
}

/** Ids of a block whose columns agree with each other; undefined when they do not. */
function idsOf(block: Block, previous: ChainEnd): number[] | undefined {
  const ids = parseIds(block.fact_ids, blockLimit)
  const [first, last] = [ids?.[0], ids?.at(-1)]
  if (!ids || first === undefined || ids.length !== block.fact_count) return undefined
  const ends = first === block.first_fact_id && last === block.last_fact_id
  const follows = previous.last_fact_id === null || first > previous.last_fact_id
  return ends && follows && block.row_hashes.length === ids.length * shortBytes ? ids : undefined
}

const short = (hashes: Buffer, at: number) => hashes.subarray(at * shortBytes, (at + 1) * shortBytes)

/** Whether the fact that is at `at` now is one that was sealed at another place of the block. */
function isFromElsewhere(sealed: Buffer, at: number, now: Buffer): boolean {
  for (let other = 0; other < sealed.length / shortBytes; other += 1) {
    if (other !== at && short(sealed, other).equals(now)) return true
  }
  return false
}

type FactFault = Pick<ChainFault, 'kind' | 'words'> & { fact_id: number }

/** The first fact that is not as it was sealed, by id; undefined when all are. */
function firstBadFact(ids: readonly number[], sealed: Buffer, rows: Rows): FactFault | undefined {
  const now = shorten(rows.hashes)
  const extra = (fact_id: number): FactFault => {
    return { kind: 'inserted', fact_id, words: `Fact ${fact_id} was not there when its block was sealed.` }
  }
  let at = 0
  for (const [index, id] of ids.entries()) {
    const found = rows.ids[at]
    if (found !== undefined && found < id) return extra(found)
    if (found !== id) {
      return { kind: 'deleted', fact_id: id, words: `Fact ${id} is not there any more.` }
    }
    const is = short(now, at)
    if (!is.equals(short(sealed, index))) {
      return isFromElsewhere(sealed, index, is)
        ? { kind: 'reordered', fact_id: id, words: `Fact ${id} is one that was sealed with another number.` }
        : { kind: 'edited', fact_id: id, words: `Fact ${id} is not as it was sealed.` }
    }
    at += 1
  }
  const left = rows.ids[at]
  return left === undefined ? undefined : extra(left)
}

const blockFault = (seq: number, words: string): ChainFault => ({ kind: 'block', fact_id: null, seq, words })

/**
 * What is wrong with a block that should follow `previous`, with all facts there are between the two ends;
 * undefined when nothing is. `digest` gives the block's hash over its columns and the facts' full hashes.
 */
export function judgeBlock(
  block: Block,
  previous: ChainEnd,
  rows: Rows,
  digest: (hashes: Buffer) => Buffer,
): ChainFault | undefined {
  const { seq } = block
  const expected = previous.seq + 1
  if (seq !== expected) return blockFault(expected, `Block ${expected} is not there any more.`)
  const ids = idsOf(block, previous)
  if (!ids) return blockFault(seq, `Block ${seq} was changed: its columns do not agree.`)
  if (!block.previous_hash.equals(previous.hash)) {
    return blockFault(seq, `Block ${seq} does not continue block ${previous.seq}.`)
  }
  const isSame = ids.length === rows.ids.length && ids.every((id, at) => rows.ids[at] === id)
  if (isSame && digest(rows.hashes).equals(block.hash)) {
    const agrees = shorten(rows.hashes).equals(block.row_hashes)
    return agrees ? undefined : blockFault(seq, `Block ${seq} was changed: its hashes of facts.`)
  }
  const bad = firstBadFact(ids, block.row_hashes, rows)
  return bad ? { ...bad, seq } : blockFault(seq, `Block ${seq} was changed.`)
}
