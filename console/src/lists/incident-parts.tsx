import type { Call } from '@toneout/contract/model/call.ts'
import { PageLink } from '../frame/page-link.tsx'
import { stamp } from '../ui/format.ts'
import { Empty } from '../ui/panel-states.tsx'
import { statusWord, stepWord, typeWord } from '../ui/words.ts'
import { IntervalBar } from './interval-bar.tsx'
import { Part } from './part.tsx'
import { useIncident, useLinked, useListed, useNotes } from './use-call.ts'

type PartProps = { call: Call }

/** What is asked for only with an incident. */
const noIncident = <Empty>No incident was made of this call.</Empty>

export function Assignments({ call }: PartProps) {
  const units = useListed(call.id).data?.units ?? []
  const query = useIncident(call.incident_id)
  if (call.incident_id === null) return noIncident
  return (
    <Part name="Units" query={query}>
      {({ assignments }) =>
        assignments.length === 0 ? (
          <Empty>No unit was sent.</Empty>
        ) : (
          <ul className="runs">
            {assignments.map((one, at) => (
              <li key={one.id}>
                <header>
                  <b className="unit-tag mono">{units[at] ?? `#${one.unit_id}`}</b> {stepWord(one.status)}
                  {one.reason && <span className="quiet"> {one.reason}</span>}
                </header>
                <IntervalBar one={one} />
              </li>
            ))}
          </ul>
        )
      }
    </Part>
  )
}

export function Notes({ call }: PartProps) {
  const query = useNotes(call.incident_id)
  if (call.incident_id === null) return noIncident
  return (
    <Part name="Notes" query={query}>
      {({ results }) =>
        results.length === 0 ? (
          <Empty>Nobody wrote a note.</Empty>
        ) : (
          <ol className="told">
            {results.map((one) => (
              <li key={one.id}>
                <time dateTime={one.written_at}>{stamp(one.written_at, Date.now())}</time>
                <p>{one.text}</p>
                <span className="quiet">{one.written_by}</span>
              </li>
            ))}
          </ol>
        )
      }
    </Part>
  )
}

/** Other calls about the same incident. */
export function Linked({ call }: PartProps) {
  const query = useLinked(call.incident_id)
  if (call.incident_id === null) return null
  return (
    <Part name="Linked calls" query={query}>
      {({ results }) => {
        const others = results.filter((one) => one.id !== call.id)
        if (others.length === 0) return <Empty>No other call is about this incident.</Empty>
        return (
          <ul className="told">
            {others.map((one) => (
              <li key={one.id}>
                <PageLink href={`/calls/${encodeURIComponent(one.call_sid)}`}>
                  {stamp(one.created_at, Date.now())} {typeWord(one.emergency_type) ?? 'Call'}
                </PageLink>
                <span className="quiet">{statusWord(one.status)}</span>
              </li>
            ))}
          </ul>
        )
      }}
    </Part>
  )
}
