import type { Me } from '@toneout/contract/model/person.ts'
import { SidePanel } from '../frame/side-panel.tsx'
import { useIncident } from '../incidents/use-incidents.ts'
import { useNews } from '../live/use-news.ts'
import { Failed, Skeleton } from '../ui/panel-states.tsx'
import { useUnits } from '../units/use-units.ts'
import { IncidentWhole } from './incident-whole.tsx'
import { useIncidentRecord } from './use-incident-records.ts'

type SideProps = { id: number; person: Me; onClose: () => void }

/** One incident beside the list, as it is now. */
export function IncidentSide({ id, person, onClose }: SideProps) {
  const query = useIncidentRecord(id)
  // Its forms work with what the desk knows of it.
  useIncident(id)
  useUnits()
  useNews(
    (fact) => fact.incident_id === id,
    () => void query.refetch(),
  )
  return (
    <SidePanel title={query.data?.incident_number ?? 'Incident'} onClose={onClose}>
      {query.isPending && <Skeleton rows={8} what="the incident" />}
      {query.isError && <Failed what="The incident" read={query} />}
      {query.data && <IncidentWhole row={query.data} person={person} />}
    </SidePanel>
  )
}
