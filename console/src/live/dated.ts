/** A row and the timeline cursor it is at least as new as. */
export type Dated<T> = { row: T; cursor: number }

/** Values are plain but for short lists and tables, which are compared as they would be written. */
const equal = (a: unknown, b: unknown) =>
  a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))

/** Comparing a row value by value tells whether a reader would see a change. */
function same<T extends object>(a: T, b: T): boolean {
  const names = Object.keys(b) as (keyof T)[]
  return names.length === Object.keys(a).length && names.every((name) => equal(a[name], b[name]))
}

/** Puts the row in when it is as new as what is known; says whether a reader sees a change. */
export function put<K, T extends object>(rows: Map<K, Dated<T>>, key: K, next: Dated<T>): boolean {
  const known = rows.get(key)
  if (known && known.cursor > next.cursor) return false
  const changed = !known || !same(known.row, next.row)
  rows.set(key, changed || !known ? next : { row: known.row, cursor: next.cursor })
  return changed
}

/** The same rows, none of them trusted any more: whatever is read from now on replaces them. */
export function distrusted<K, T>(rows: ReadonlyMap<K, Dated<T>>): Map<K, Dated<T>> {
  return new Map([...rows].map(([key, { row }]) => [key, { row, cursor: -1 }]))
}
