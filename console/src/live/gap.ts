import type { Board } from './board.ts'
import { emptyBoard } from './board.ts'

/**
 * A time in which the feed was not heard: what was known before it, and what turned out to have changed in
 * it.
 */
export type Gap = {
  readonly before: Board
  /** From the last word before the gap to the first after it, in ms of this computer's clock. */
  readonly since: number
  readonly end: number
  readonly changed: ReadonlySet<string>
}

/** No gap yet: nothing was missed. */
export const noGap: Gap = { before: emptyBoard, since: 0, end: 0, changed: new Set() }

/** How long a row that changed in a gap stays marked. */
export const markMs = 5_000

/**
 * Which of these calls a reader would find different: changed rows, changed transcripts, and calls that began
 * in the gap. An older call that was merely not loaded before is no change.
 */
export function changedIn(gap: Gap, after: Board, sids: Iterable<string>): string[] {
  const differs = (sid: string) => {
    const [known, row] = [gap.before.calls.get(sid)?.row, after.calls.get(sid)?.row]
    if (!row) return false
    if (!known) return Date.parse(row.created_at) >= gap.since
    const spoken = gap.before.scripts.get(sid)?.spoken
    return known !== row || (spoken !== undefined && spoken.at(-1) !== after.scripts.get(sid)?.spoken.at(-1))
  }
  return [...new Set(sids)].filter(differs)
}

export function withChanged(gap: Gap, sids: readonly string[]): Gap {
  return sids.length === 0 ? gap : { ...gap, changed: new Set([...gap.changed, ...sids]) }
}
