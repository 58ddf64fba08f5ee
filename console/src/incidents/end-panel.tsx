import { closeSide } from '../frame/console-side.tsx'
import { SidePanel } from '../frame/side-panel.tsx'
import { useCentre } from '../live/use-live.ts'
import { CloseForm } from './close-form.tsx'
import { JoinList, Split } from './join-list.tsx'

/** An incident ends with a disposition, or because it is the same as another one. */
export function EndPanel({ id }: { id: number }) {
  const { incidents } = useCentre()
  const incident = incidents.get(id)?.row
  if (!incident) return null
  const joined = [...incidents.values()].map(({ row }) => row).filter((row) => row.merged_into === id)
  return (
    <SidePanel title={`Close or join ${incident.incident_number}`} onClose={closeSide}>
      <div className="side-part">
        <h3>How it ended</h3>
        <CloseForm incident={incident} />
      </div>
      <div className="side-part">
        <h3>The same as another incident</h3>
        <JoinList incident={incident} />
      </div>
      {joined.length > 0 && (
        <div className="side-part">
          <h3>Joined into it</h3>
          {joined.map((row) => (
            <Split key={row.id} incident={row} />
          ))}
        </div>
      )}
    </SidePanel>
  )
}
