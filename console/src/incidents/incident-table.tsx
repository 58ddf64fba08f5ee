import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import { useMemo } from 'react'
import { focusDetail, moveToIncident, openIncident } from '../calls/select.ts'
import { useReveal } from '../calls/use-reveal.ts'
import { useRoving } from '../calls/use-roving.ts'
import { useView } from '../calls/view-store.ts'
import { incidentKey } from '../live/marks.ts'
import { useCentre, useMarked } from '../live/use-live.ts'
import { stepWord } from '../ui/words.ts'
import { IncidentRow } from './incident-row.tsx'
import { useSent } from './use-incidents.ts'

const columns = [
  ['priority', 'Pri'],
  ['incident', 'Number'],
  ['type', 'Type and place'],
  ['units', 'Units'],
  ['status', 'Status'],
  ['time', 'Time'],
] as const

export function IncidentTable({ incidents }: { incidents: readonly Incident[] }) {
  const { incident } = useView()
  const selected = incident === null ? null : String(incident)
  const marked = useMarked()
  const crewsOf = useCrews()
  const keys = useMemo(() => incidents.map((row) => String(row.id)), [incidents])
  const reveal = (index: number) =>
    roving.list.current?.querySelectorAll('[data-key]')[index]?.scrollIntoView({ block: 'nearest' })
  const roving = useRoving({
    name: 'incidents',
    keys,
    selected,
    reveal,
    open: (key) => {
      openIncident(Number(key))
      focusDetail()
    },
    move: (key) => moveToIncident(Number(key)),
  })
  useReveal(selected, keys, { scrollToIndex: reveal })
  return (
    <div ref={roving.list} className="scroll table-scroll">
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is still a table
        role="grid"
        aria-labelledby="incidents-title"
        data-keys="incidents"
        onFocus={roving.onFocus}
        onBlur={roving.onBlur}
      >
        <thead>
          <tr>
            {columns.map(([name, words]) => (
              <th key={name} scope="col" className={`c-${name}`}>
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {incidents.map((row, index) => (
            <IncidentRow
              key={row.id}
              incident={row}
              crews={crewsOf(row.id)}
              selected={row.id === incident}
              stop={index === roving.index}
              marked={marked.has(incidentKey(row.id))}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Who is on the way to an incident, one a line: a text, so that a row is drawn anew only when it changed. */
function useCrews(): (incidentId: number) => string {
  const { units } = useCentre()
  const sent = useSent()
  return (incidentId) => {
    const words = (one: Assignment) => {
      const number = units.get(one.unit_id)?.row.unit_number ?? `#${one.unit_id}`
      return `${number} ${stepWord(one.status)}`
    }
    return (sent.get(incidentId) ?? []).map(words).join('\n')
  }
}
