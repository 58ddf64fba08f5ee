import { effectiveMilestones, milestones } from '@toneout/contract/model/assignment.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'
import { useMemo } from 'react'
import { shortNumber } from '../line/world.ts'
import { useCentre } from '../live/use-live.ts'
import { withoutShared } from './station-names.ts'
import { useStations } from './use-units.ts'

/** Where a unit belongs or is: in short for the row, in full for its title. */
export type Where = {
  readonly incident: string | null
  readonly place: string | null
  readonly title: string | null
  /** Since when it is in its status; null of one that is free. */
  readonly since: string | null
}

/** Where units are, in words; texts, so that a row is drawn anew only when they changed. */
export function useWhereabouts(units: readonly Unit[]): (unit: Unit) => Where {
  const { incidents, assignments } = useCentre()
  const stations = useStations()
  const short = useMemo(() => {
    const ids = units.flatMap((unit) => unit.moved_to_station_id ?? unit.station_id ?? [])
    return withoutShared(ids.flatMap((id) => stations.get(id) ?? []))
  }, [units, stations])
  return (unit) => {
    const at = unit.moved_to_station_id ?? unit.station_id
    const station = at === null ? null : (stations.get(at) ?? null)
    const moved = unit.moved_to_station_id === null ? '' : '→ '
    if (unit.incident_id === null) {
      const place = station && `${moved}${short.get(station) ?? station}`
      return { incident: null, place, title: station, since: null }
    }
    const row = incidents.get(unit.incident_id)?.row
    const incident = row ? shortNumber(row.incident_number) : `Incident ${unit.incident_id}`
    const run = unit.assignment_id === null ? undefined : assignments.get(unit.assignment_id)?.row
    const since = run ? effectiveMilestones(run)[milestones[run.status]] : null
    return {
      incident,
      place: row?.location ?? null,
      title: row ? `${row.incident_number} ${row.location}` : null,
      since,
    }
  }
}
