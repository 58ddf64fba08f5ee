import type { Assignment } from '@toneout/contract/model/assignment.ts'
import { clockTime, duration } from '../ui/format.ts'
import { phasesOf } from './phases.ts'

/** A unit's run as a bar whose parts are as long as they took, with the times as text under it. */
export function IntervalBar({ one }: { one: Assignment }) {
  const shown = phasesOf(one)
  if (shown.length === 0)
    return <p className="quiet">Sent {clockTime(one.assigned_at)}. No phase has ended yet.</p>
  return (
    <>
      <div className="interval-bar" aria-hidden="true">
        {shown.map(({ name, seconds }) => (
          <i key={name} data-phase={name} style={{ flexGrow: Math.max(1, seconds) }} />
        ))}
      </div>
      <dl className="interval-words">
        {shown.map(({ name, from, seconds }) => (
          <div key={name} data-phase={name}>
            <dt>{name}</dt>
            <dd title={`From ${clockTime(from)}`}>{duration(seconds)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
