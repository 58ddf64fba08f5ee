import type { Verification } from '@toneout/contract/model/audit.ts'

/** A check so far, which is made in parts of a second. */
export type Check = {
  begun_at: string
  ended_at: string | null
  next_seq: number | null
  facts: number
  blocks: number
  heads: number
  bad_seq: number | null
}

/** Milliseconds in which the same end is not told again: who asks all day writes little. */
const sameMs = 600_000

/**
 * The check with one more part. It begins with block 1; a part that does not go on where the one before
 * ended belongs to none, and counts only for the fault it found.
 */
export function addPart(
  before: Check | undefined,
  from: number,
  part: Verification,
  now: string,
): Check | undefined {
  const begins = from === 1
  const goesOn = !begins && before?.next_seq === from
  if (!begins && !goesOn && part.ok) return undefined
  const sum = goesOn ? before : { begun_at: now, facts: 0, blocks: 0, heads: 0 }
  return {
    begun_at: sum.begun_at,
    ended_at: part.next === null ? now : null,
    next_seq: part.next,
    facts: sum.facts + part.facts_checked,
    blocks: sum.blocks + part.blocks,
    heads: sum.heads + part.heads,
    bad_seq: part.first_bad?.seq ?? null,
  }
}

/** Whether a part goes on record: an end does not when the person came to the same one just now. */
export function isNews(before: Check | undefined, check: Check): boolean {
  if (check.ended_at === null || !before || before.ended_at === null) return true
  if (before.bad_seq !== check.bad_seq) return true
  return Date.parse(check.ended_at) - Date.parse(before.ended_at) > sameMs
}
