import type { Call } from '@toneout/contract/model/call.ts'
import { isTerminal } from '@toneout/contract/model/call.ts'
import { dash } from './format.ts'
import { priorityWords, rankOf } from './words.ts'

type Ranked = Pick<Call, 'priority_level' | 'status' | 'units_dispatched'>

type MarkProps = { rank: number | null; words: string; waits: boolean }

/** Shape says the priority, the digit repeats it; filled only while somebody must act. */
export function RankMark({ rank, words, waits }: MarkProps) {
  return (
    <span
      className="priority"
      data-rank={rank ?? 'none'}
      data-waits={waits}
      role="img"
      aria-label={words}
      title={words}
    >
      {rank ?? dash}
    </span>
  )
}

/** `waits`: whether its incident does, where that is known. */
export function PriorityMark({ call, waits: known }: { call: Ranked; waits?: boolean | undefined }) {
  const rank = rankOf(call.priority_level)
  const waits = known ?? (!isTerminal(call.status) && !call.units_dispatched)
  return <RankMark rank={rank} words={priorityWords(call.priority_level)} waits={waits} />
}
