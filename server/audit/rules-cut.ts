/** Where the chain was cut; `hash` is that of the last block that was taken away. */
export type Cut = { seq: number; last_fact_id: number; hash: Buffer; fact_count: number; cut_at: string }

const dayMs = 24 * 3_600_000
/** No block leaves that is younger; the database holds to it too (cut_audit). */
export const youngestMs = 90 * dayMs
/** A head is kept within a minute, or later where its file could not be written. */
const lateMs = dayMs

type OldHead = { seq: number; hash: string; at: string }

/**
 * What is wrong with a head that was kept of a block at or before the cut; undefined when nothing is. A block
 * that was there as a young one cannot have been old enough to leave.
 */
export function judgeOldHead(head: OldHead, cut: Cut, now: number): string | undefined {
  if (head.seq === cut.seq && head.hash !== cut.hash.toString('hex')) {
    return `Block ${head.seq}, behind which the chain was cut, is not the one whose head was kept.`
  }
  const latest = Math.min(Date.parse(cut.cut_at), now) - youngestMs + lateMs
  if (Date.parse(head.at) <= latest) return undefined
  return `Block ${head.seq}, whose head was kept at ${head.at}, was too young to be taken away.`
}

/**
 * The last block that may leave: before the first whose head was kept of late, as that would look like a
 * young one taken away. Heads by seq.
 */
export function lastToCut(verifiedTo: number, heads: readonly OldHead[], now: number): number {
  const late = heads.find(({ at }) => Date.parse(at) > now - youngestMs)
  return late ? Math.min(verifiedTo, late.seq - 1) : verifiedTo
}
