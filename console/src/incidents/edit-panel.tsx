import { closeSide } from '../frame/console-side.tsx'
import { SidePanel } from '../frame/side-panel.tsx'
import { useCentre } from '../live/use-live.ts'
import { EditForm } from './edit-form.tsx'

/** Type, priority, place and notes of an incident; what a person sets no call changes any more. */
export function EditPanel({ id }: { id: number }) {
  const incident = useCentre().incidents.get(id)?.row
  if (!incident) return null
  return (
    <SidePanel title={`Edit ${incident.incident_number}`} onClose={closeSide}>
      <EditForm incident={incident} />
    </SidePanel>
  )
}
