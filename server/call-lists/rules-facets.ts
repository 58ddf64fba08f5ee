/** Filters of the list of calls that have a count beside each of their values. */
export const groups = [
  'status',
  'emergency_type',
  'priority_level',
  'answered_by',
  'lost_contact',
  'review',
  'over_target',
] as const
export type Group = (typeof groups)[number]

/** A combination of values and how many calls have it. */
export type Cell = Readonly<Record<Group, string | boolean | null>> & { n: number }
type Asked = Readonly<Partial<Record<Group, string | boolean | undefined>>>
type Counts = { value: string; count: number }[]

/** For each group how many calls have each value, with the other groups as they are asked for. */
export function facetsOf(
  cells: readonly Cell[],
  asked: Asked,
  values: Readonly<Record<Group, readonly string[]>>,
): Record<Group, Counts> {
  const fits = (cell: Cell, but: Group) =>
    groups.every((name) => name === but || asked[name] === undefined || cell[name] === asked[name])
  const countsOf = (group: Group): Counts => {
    const sums = new Map<string, number>()
    for (const cell of cells) {
      if (fits(cell, group)) sums.set(String(cell[group]), (sums.get(String(cell[group])) ?? 0) + cell.n)
    }
    return values[group].map((value) => ({ value, count: sums.get(value) ?? 0 }))
  }
  return Object.fromEntries(groups.map((group) => [group, countsOf(group)])) as Record<Group, Counts>
}
