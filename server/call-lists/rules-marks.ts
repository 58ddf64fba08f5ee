import { type CallChanges, mostTags, type Review } from '@toneout/contract/model/call-list.ts'

/** What people at a desk noted about a call. */
export type Marks = { tags: string[]; review: Review | null; reviewer_id: number | null }
export type Marking = Omit<CallChanges, 'call_sids' | 'status'>
type Changes = Record<string, { from: unknown; to: unknown }>

/** What becomes of the marks; `after` is undefined when they are so already. `names` of people, by id. */
export function decideMarks(
  before: Marks,
  { review, reviewer_id, add_tags = [], remove_tags = [] }: Marking,
  names: ReadonlyMap<number, string> = new Map(),
): { after?: Marks; changes: Changes; fault?: string } {
  const kept = before.tags.filter((tag) => !remove_tags.includes(tag))
  const tags = [...new Set([...kept, ...add_tags])].sort()
  if (tags.length > mostTags) return { changes: {}, fault: `Would have more than ${mostTags} tags.` }
  const after: Marks = {
    tags,
    review: review === undefined ? before.review : review,
    reviewer_id: reviewer_id === undefined ? before.reviewer_id : reviewer_id,
  }
  // Whoever takes a review back asks nobody any more.
  if (after.review === null) after.reviewer_id = null
  const differ = (['tags', 'review', 'reviewer_id'] as const).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
  const told = (marks: Marks, name: keyof Marks) => {
    const value = marks[name]
    if (name === 'reviewer_id') return value === null ? null : (names.get(value as number) ?? value)
    return Array.isArray(value) ? value.join(', ') || null : value
  }
  const changes = Object.fromEntries(
    differ.map((name) => [
      name === 'reviewer_id' ? 'reviewer' : name,
      { from: told(before, name), to: told(after, name) },
    ]),
  )
  return differ.length > 0 ? { after, changes } : { changes }
}
