/** As which of its kind this run has first seen a row: chance hangs on that, not on the row's number. */
export type Ordinals = (kind: 'incident' | 'assignment', id: number) => number

/** Rows that are remembered; far more than are open at any moment. */
const most = 20_000

export function openOrdinals(): Ordinals {
  const seen = new Map<string, number>()
  let count = 0
  return (kind, id) => {
    const key = `${kind} ${id}`
    const known = seen.get(key)
    if (known !== undefined) return known
    count += 1
    seen.set(key, count)
    if (seen.size > most) seen.delete(seen.keys().next().value!)
    return count
  }
}
