import type { Incident } from '@toneout/contract/model/incident.ts'
import { useSelection } from '../calls/use-selection.ts'
import { incidentKey } from '../live/marks.ts'
import { useMarked } from '../live/use-live.ts'
import { IncidentRow } from './incident-row.tsx'
import { useUnsentIds } from './orders.ts'
import { inStatusSince } from './targets.ts'
import { useCrews, useSent } from './use-incidents.ts'

/** Rows that Alt and a digit select. */
const numbered = 9

export function Rows({ rows, before, stop }: { rows: readonly Incident[]; before: number; stop: number }) {
  const { incident } = useSelection()
  const marked = useMarked()
  const crewsOf = useCrews()
  const sent = useSent()
  const unsent = useUnsentIds()
  return rows.map((row, at) => (
    <IncidentRow
      key={row.id}
      incident={row}
      place={before + at < numbered ? before + at + 1 : null}
      crews={crewsOf(row.id)}
      since={inStatusSince(row, sent.get(row.id) ?? [])}
      unsent={unsent.has(row.id)}
      selected={row.id === incident}
      stop={before + at === stop}
      marked={marked.has(incidentKey(row.id))}
    />
  ))
}
