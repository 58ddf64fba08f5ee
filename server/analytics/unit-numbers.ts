/** Ids up to this are looked up in an array. */
const mostIds = 1_000_000

/** A number for each id, `otherwise` for those that have none. Runs ask it a million times for a year. */
export function createUnitNumbers(numbers: ReadonlyMap<number, number>, otherwise: number) {
  const highest = Math.max(0, ...numbers.keys())
  if (highest > mostIds) return (id: number): number => numbers.get(id) ?? otherwise
  const held = new Int32Array(highest + 1).fill(otherwise)
  for (const [id, number] of numbers) held[id] = number
  return (id: number): number => held[id] ?? otherwise
}
export type UnitNumbers = ReturnType<typeof createUnitNumbers>
