import type { Board } from './board.ts'
import { emptyBoard } from './board.ts'
import { type Centre, emptyCentre } from './centre.ts'
import type { Recovery } from './freshness.ts'
import { isIncidentKey } from './marks.ts'

/**
 * A time in which the feed was not heard: what was known before it, and what turned out to have changed in
 * it.
 */
export type Gap = {
  readonly before: Board
  readonly centreBefore: Centre
  /** From the last word before the gap to the first after it, in ms of this computer's clock. */
  readonly since: number
  readonly end: number
  /** A row that nobody knew and that began later than this, in ms of the server's clock, was missed. */
  readonly begunFrom: number
  /** Rows by their mark (marks.ts). */
  readonly changed: ReadonlySet<string>
}

/** No gap yet: nothing was missed. */
export const noGap: Gap = {
  before: emptyBoard,
  centreBefore: emptyCentre,
  since: 0,
  end: 0,
  begunFrom: 0,
  changed: new Set(),
}

/**
 * What the page heard last may have been on its way this long, in ms: what began meanwhile was missed too. A
 * row that had come before the gap is known, so taking too much shows nothing twice.
 */
export const slowestWordMs = 15_000

/**
 * Which of these calls a reader would find different: changed rows, changed transcripts, and calls that began
 * in the gap. An older call that was merely not loaded before is no change.
 */
export function changedIn(gap: Gap, after: Board, sids: Iterable<string>): string[] {
  const differs = (sid: string) => {
    const [known, row] = [gap.before.calls.get(sid)?.row, after.calls.get(sid)?.row]
    if (!row) return false
    if (!known) return Date.parse(row.created_at) >= gap.begunFrom
    const spoken = gap.before.scripts.get(sid)?.spoken
    return known !== row || (spoken !== undefined && spoken.at(-1) !== after.scripts.get(sid)?.spoken.at(-1))
  }
  return [...new Set(sids)].filter(differs)
}

export function withChanged(gap: Gap, sids: readonly string[]): Gap {
  return sids.length === 0 ? gap : { ...gap, changed: new Set([...gap.changed, ...sids]) }
}

/** What the page says about the gap, with what is known by now. */
export function recoveredFrom({ end, since, changed }: Gap, kind: Recovery['kind']): Recovery {
  const incidents = [...changed].filter(isIncidentKey).length
  return { kind, at: end, since, changed: changed.size - incidents, incidents }
}
