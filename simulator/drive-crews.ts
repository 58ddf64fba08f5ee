import type { Unit } from '@toneout/contract/model/unit.ts'
import { readUnits } from './build-fleet.ts'
import { follow } from './crew-steps.ts'
import type { Drivers, Driving } from './crew-world.ts'
import * as crews from './crews.ts'
import { reportPositions } from './report-positions.ts'

/**
 * The crews of the demo's units. `look` follows what was decided about them and reports where they are; what
 * they do by themselves is in the timetable. `busy` tells how many are bound.
 */
export function openCrews(driving: Driving) {
  const { fleet, timetable, drive } = driving
  const clock = timetable.now
  const homes = new Map(fleet.stations.map((station) => [station.id, station]))
  const all = fleet.units.map((unit) => {
    const { latitude, longitude, station_id } = unit
    const home = homes.get(station_id ?? 0) ?? fleet.stations[0]!
    const at = latitude !== null && longitude !== null ? { latitude, longitude } : home
    const crew: crews.Crew = { unit, home, at, drive }
    crews.goHome(crew, clock())
    return crew
  })
  const on: Drivers = { ...driving, clock, crews: all, patients: new Map(), reported: new Map() }
  return {
    busy: () => all.filter(({ job }) => job).length,
    async look(): Promise<void> {
      const units = new Map((await readUnits(on.send)).map((unit) => [unit.id, unit]))
      for (const crew of all) {
        crews.arrive(crew, clock())
        await lookUp(crew, units.get(crew.unit.id), on)
      }
      await reportPositions(on)
      const bound = all.filter(({ job }) => job)
      for (const id of on.patients.keys()) {
        if (!bound.some(({ job }) => job?.incident_id === id)) on.patients.delete(id)
      }
    },
  }
}

/** A dispatcher at the page may send, divert, cancel or step a unit at any moment; the crew goes by that. */
async function lookUp(crew: crews.Crew, unit: Unit | undefined, on: Drivers): Promise<void> {
  if (!unit || unit.incident_id === null) {
    if (crew.job) crews.goHome(crew, on.clock())
  } else if (crews.hasChanged(crew, unit)) await follow(crew, unit.incident_id, on)
}
