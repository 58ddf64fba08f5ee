import { useCallback, useEffect } from 'react'
import { openIncident } from '../calls/select.ts'
import { useCentre, useLive } from '../live/use-live.ts'
import { duration } from '../ui/format.ts'
import { Ticking } from '../ui/ticking.tsx'
import { plain } from '../ui/words.ts'
import type { Picked } from './drawing.ts'
import { usePlaces } from './use-places.ts'

/** What was pressed on the map, in words; an incident is told by its own panel. */
export function PickedMark({ picked }: { picked: Picked | null }) {
  const live = useLive()
  const { hospitals, stations } = usePlaces()
  useEffect(() => {
    if (picked?.kind === 'incidents') openIncident(picked.id)
    const bound = picked?.kind === 'units' ? live.centre.units.get(picked.id)?.row.incident_id : null
    if (bound) openIncident(bound)
  }, [picked, live])
  if (picked?.kind === 'units') return <PickedUnit id={picked.id} />
  const hospital = picked?.kind === 'hospitals' ? hospitals.find(({ id }) => id === picked.id) : undefined
  const station = picked?.kind === 'stations' ? stations.find(({ id }) => id === picked.id) : undefined
  return (
    <p role="status">
      {hospital && (
        <>
          <b>{hospital.name}</b> · {plain(hospital.diversion)} · {hospital.available_beds} of{' '}
          {hospital.total_beds} beds free
        </>
      )}
      {station && (
        <>
          <b>{station.name}</b> · station
        </>
      )}
    </p>
  )
}

function PickedUnit({ id }: { id: number }) {
  const live = useLive()
  const { units, incidents } = useCentre()
  const unit = units.get(id)?.row
  const bound = unit?.incident_id ? incidents.get(unit.incident_id)?.row : undefined
  const age = useCallback(
    (now: number) => {
      const at = live.whereabouts.at(id)
      if (at === undefined) return 'position not known'
      return `position ${duration((live.serverTime(now) - Date.parse(at)) / 1000)} old`
    },
    [live, id],
  )
  return (
    <p role="status">
      {unit && (
        <>
          <b className="mono">{unit.unit_number}</b> · {plain(unit.unit_type)} · {plain(unit.status)}
          {bound && ` · ${bound.incident_number} ${bound.location}`} · <Ticking read={age} />
        </>
      )}
    </p>
  )
}
