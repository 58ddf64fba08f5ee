import { careLevels, type UnitType } from '@toneout/contract/model/unit.ts'

const level = (type: UnitType) => (careLevels as readonly UnitType[]).indexOf(type)

/** Whether a unit of one type may do what asks for another: an ambulance also the work of a lesser one. */
function may(type: UnitType, need: UnitType): boolean {
  if (type === need) return true
  return level(need) >= 0 && level(type) > level(need)
}

/**
 * The needs that these units leave open, one unit for each need. The gravest need is met first, and by the
 * least able unit that will do, so that no unit is wasted on less.
 */
export function uncovered(needs: readonly UnitType[], types: readonly UnitType[]): UnitType[] {
  const left = [...types].sort((a, b) => level(a) - level(b))
  const open: UnitType[] = []
  for (const need of [...needs].sort((a, b) => level(b) - level(a))) {
    const at = left.findIndex((type) => may(type, need))
    if (at < 0) open.push(need)
    else left.splice(at, 1)
  }
  return open
}

type Place = { readonly latitude: number; readonly longitude: number }

const metresOfDegree = 111_195

/** Metres by the straight line, near enough over the ground of one centre. */
function metresBetween(a: Place, b: Place): number {
  const narrow = Math.cos(((a.latitude + b.latitude) / 2) * (Math.PI / 180))
  return metresOfDegree * Math.hypot(a.latitude - b.latitude, (a.longitude - b.longitude) * narrow)
}

type FreeUnit = { readonly id: number; readonly place: Place }

/**
 * Stations that have a free ambulance within `metres` now and would have none once those `going` are sent:
 * the ground around them would be without cover.
 */
export function emptied<S extends Place>(
  stations: readonly S[],
  free: readonly FreeUnit[],
  going: ReadonlySet<number>,
  metres: number,
): S[] {
  const leave = free.filter(({ id }) => going.has(id))
  const stay = free.filter(({ id }) => !going.has(id))
  return stations.filter((station) => {
    const isNear = ({ place }: FreeUnit) => metresBetween(station, place) <= metres
    return leave.some(isNear) && !stay.some(isNear)
  })
}
