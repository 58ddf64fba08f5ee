import { type AssignmentStatus, assignmentStatuses } from '@toneout/contract/model/assignment.ts'
import { type Fact, type FactType, factOfStatus } from '@toneout/contract/model/fact.ts'

/** The status that a fact about an assignment tells of; undefined for any other fact. */
export const statusOfFact: Partial<Record<FactType, AssignmentStatus>> = Object.fromEntries(
  assignmentStatuses.map((status) => [factOfStatus[status], status]),
)

/** The number of the assignment a fact is about; undefined for any other fact. */
export function noted({ type, data }: Fact): number | undefined {
  if (statusOfFact[type] === undefined) return undefined
  return typeof data.assignment_id === 'number' ? data.assignment_id : undefined
}

/** What a merge or a split moved; undefined for any other fact. */
export type Move = { kind: 'merge' | 'split'; from: number; into: number; assignments: number[] }

export function moveOf({ type, data }: Fact): Move | undefined {
  if (type !== 'calls_merged' && type !== 'calls_split') return undefined
  const kind = type === 'calls_merged' ? 'merge' : 'split'
  const assignments = data.assignment_ids as number[]
  return { kind, from: Number(data.from_id), into: Number(data.into_id), assignments }
}
