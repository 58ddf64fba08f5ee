import type { UnitType } from '@toneout/contract/model/unit.ts'
import { mayServe } from '../dispatch/rules.ts'
import type { Database } from '../lib/db.ts'
import { approximateDistances, isPosition, meanEarthRadius, type Position, toColumns } from '../lib/geo.ts'
import { typesFor } from './rules.ts'
import { type AskedIncident, type Box, type FleetUnit, readCandidates } from './store.ts'

/** Metres around the incident that are looked at first, one after the other. Our own choices. */
const circles = [4_000, 16_000]
/** So many that may go for each need make a circle enough: by road the fastest is one of the nearest. */
const enough = 100
/** Degrees: nearer to a pole a box of degrees is no box any more. */
const farthestNorth = 80

type Asked = {
  incident: Pick<AskedIncident, 'id' | 'latitude' | 'longitude'>
  needs: readonly UnitType[]
  /** ISO 8601; a position from before is too old to be sent by. */
  since: string
}

/** The box around the circle; undefined where degrees are no plane. */
export function boxAround({ latitude, longitude }: Position, metres: number): Box | undefined {
  const high = (metres / meanEarthRadius) * (180 / Math.PI)
  const [south, north] = [latitude - high, latitude + high]
  const farthest = Math.max(Math.abs(south), Math.abs(north))
  if (farthest > farthestNorth) return undefined
  // A degree is shortest at the edge that is nearest to the pole.
  const wide = high / Math.cos((farthest * Math.PI) / 180)
  const [west, east] = [longitude - wide, longitude + wide]
  return west < -180 || east > 180 ? undefined : { south, north, west, east }
}

/** Whether so many in the circle may go for each need that none outside is among the nearest. */
function hasEnough(units: readonly FleetUnit[], at: Position, metres: number, { needs, since }: Asked) {
  const { latitudes, longitudes } = toColumns(units)
  const metresTo = approximateDistances(at, latitudes, longitudes)
  const free = units.filter(
    (unit, i) =>
      metresTo[i]! <= metres &&
      unit.assignment_id === null &&
      unit.duty === 'AVAILABLE' &&
      unit.has_crew &&
      unit.position_at !== null &&
      unit.position_at >= since,
  )
  return needs.every((need) => free.filter(({ unit_type }) => mayServe(unit_type, need)).length >= enough)
}

/**
 * The units that a plan is made of: those around the incident, and farther ones only while there are not
 * enough. Sorting a fleet of 10,000 took more of the database than all the rest of a plan.
 */
export async function readNear(db: Database, asked: Asked): Promise<FleetUnit[]> {
  const { incident, needs, since } = asked
  const look = { incident, unit_types: [...typesFor(needs)], since }
  if (isPosition(incident)) {
    for (const metres of circles) {
      const within = boxAround(incident, metres)
      if (!within) break
      const units = await readCandidates(db, { ...look, within })
      if (hasEnough(units, incident, metres, asked)) return units
    }
  }
  return readCandidates(db, look)
}
