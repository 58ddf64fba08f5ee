import type { Call } from '@toneout/contract/model/call.ts'
import { stamp } from '../ui/format.ts'
import { Empty } from '../ui/panel-states.tsx'
import { Part } from './part.tsx'
import { CallLinks, RunList } from './run-list.tsx'
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
          <RunList runs={assignments} nameOf={(_, at) => units[at]} />
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
        return <CallLinks calls={others} />
      }}
    </Part>
  )
}
