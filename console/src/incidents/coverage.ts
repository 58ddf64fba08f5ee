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
