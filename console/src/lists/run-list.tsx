import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Call } from '@toneout/contract/model/call.ts'
import { PageLink } from '../frame/page-link.tsx'
import { stamp } from '../ui/format.ts'
import { statusWord, stepWord, typeWord } from '../ui/words.ts'
import { IntervalBar } from './interval-bar.tsx'

type RunsProps = {
  runs: readonly Assignment[]
  /** The unit's number; a unit whose number is not known is told by its id. */
  nameOf: (one: Assignment, at: number) => string | undefined
}

/** Runs of units, each with its times. */
export function RunList({ runs, nameOf }: RunsProps) {
  return (
    <ul className="runs">
      {runs.map((one, at) => (
        <li key={one.id}>
          <header>
            <b className="unit-tag mono">{nameOf(one, at) ?? `#${one.unit_id}`}</b> {stepWord(one.status)}
            {one.reason && <span className="quiet"> {one.reason}</span>}
          </header>
          <IntervalBar one={one} />
        </li>
      ))}
    </ul>
  )
}

/** Calls by when they rang; each leads to its page. */
export function CallLinks({ calls }: { calls: readonly Call[] }) {
  return (
    <ul className="told">
      {calls.map((one) => (
        <li key={one.id}>
          <PageLink href={`/calls/${encodeURIComponent(one.call_sid)}`}>
            {stamp(one.created_at, Date.now())} {typeWord(one.emergency_type) ?? 'Call'}
          </PageLink>
          <span className="quiet">{statusWord(one.status)}</span>
        </li>
      ))}
    </ul>
  )
}
