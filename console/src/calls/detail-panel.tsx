import type { Me } from '@toneout/contract/model/person.ts'
import { SelectedIncident } from '../incidents/incident-panel.tsx'
import { Empty } from '../ui/panel-states.tsx'
import { CallSummary } from './call-summary.tsx'
import { useDrawnSelection } from './use-selection.ts'

export function DetailPanel({ person }: { person: Me }) {
  const { call, incident } = useDrawnSelection()
  return (
    <section className="panel detail" aria-label={incident === null ? 'Selected call' : 'Selected incident'}>
      {incident !== null && <SelectedIncident key={incident} id={incident} person={person} />}
      {incident === null && call !== null && <CallSummary key={call} sid={call} person={person} />}
      {incident === null && call === null && (
        <Empty>
          Nothing is selected. F2 selects the next incident that waits for a unit, the arrows the one above or
          below, Alt and an arrow the next call.
        </Empty>
      )}
    </section>
  )
}
