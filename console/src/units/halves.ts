import type { UnitGroup } from '../live/fleet.ts'

/** A group, or a part of one that begins in one list and goes on in the other. */
export type GroupPart = UnitGroup & {
  /** Units in the whole group. */
  readonly count: number
  readonly isRest: boolean
}

/** Fewer rows than this are not parted from their group. */
const fewestParted = 4

const whole = (group: UnitGroup): GroupPart => ({ ...group, count: group.units.length, isRest: false })
const heightOf = (groups: readonly UnitGroup[]) =>
  groups.reduce((sum, { units }) => sum + units.length + 1, 0)

/** The groups in two lists of about one length, in their order; a long one goes on in the second. */
export function inHalves(groups: readonly UnitGroup[]): readonly (readonly GroupPart[])[] {
  const half = heightOf(groups) / 2
  const at = groups.findIndex((_, index) => heightOf(groups.slice(0, index + 1)) >= half)
  const group = groups[at]
  if (!group) return []
  const [before, after] = [groups.slice(0, at).map(whole), groups.slice(at + 1).map(whole)]
  // Both lists have a heading of the group that is parted.
  const first = Math.ceil(half + 0.5 - heightOf(before)) - 1
  const isParted = first >= fewestParted && group.units.length - first >= fewestParted
  if (!isParted) return [[...before, whole(group)], after].filter((list) => list.length > 0)
  const part = (units: UnitGroup['units'], isRest: boolean) => ({ ...whole(group), units, isRest })
  return [
    [...before, part(group.units.slice(0, first), false)],
    [part(group.units.slice(first), true), ...after],
  ]
}
