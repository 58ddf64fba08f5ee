export type Point = readonly [number, number]
export type Line = readonly Point[]

/** Longer lines gain nothing, and are slow to cut. */
const mostPoints = 400
/** Cosine of the sharpest bend that a street takes and keeps its name on the map. */
const leastStraight = 0.5

const keyOf = ([longitude, latitude]: Point) => `${longitude} ${latitude}`

/** Lines by the points they begin and end at. */
function byEnds(lines: readonly Line[]): Map<string, number[]> {
  const found = new Map<string, number[]>()
  for (const [at, line] of lines.entries()) {
    for (const end of [line[0], line.at(-1)]) {
      const key = keyOf(end as Point)
      const there = found.get(key)
      if (there) there.push(at)
      else found.set(key, [at])
    }
  }
  return found
}

/** How straight it goes from a to c by b: 1 for straight on, -1 for back. */
function straightness(a: Point, b: Point, c: Point): number {
  const narrow = Math.cos((b[1] * Math.PI) / 180)
  const [x1, y1] = [(b[0] - a[0]) * narrow, b[1] - a[1]]
  const [x2, y2] = [(c[0] - b[0]) * narrow, c[1] - b[1]]
  const length = Math.hypot(x1, y1) * Math.hypot(x2, y2)
  return length === 0 ? -1 : (x1 * x2 + y1 * y2) / length
}

/**
 * The same lines joined where one goes on in another: a name is written along a line, and a block is too
 * short for most names. Lines that meet at a sharp bend stay apart.
 */
export function joinLines(lines: readonly Line[]): Line[] {
  const ends = byEnds(lines)
  const used = new Set<number>()
  /** Appends what follows the end of the chain, the straightest first, until nothing does. */
  const extend = (chain: Point[]) => {
    for (;;) {
      const [before, end] = [chain.at(-2) as Point, chain.at(-1) as Point]
      let best: { at: number; line: Line; straight: number } | undefined
      for (const at of ends.get(keyOf(end)) ?? []) {
        if (used.has(at)) continue
        const given = lines[at] as Line
        const line = keyOf(given[0] as Point) === keyOf(end) ? given : given.toReversed()
        const straight = straightness(before, end, line[1] as Point)
        if (straight >= (best?.straight ?? leastStraight)) best = { at, line, straight }
      }
      if (!best || chain.length + best.line.length > mostPoints) return
      used.add(best.at)
      chain.push(...best.line.slice(1))
    }
  }
  const joined: Line[] = []
  for (const [at, line] of lines.entries()) {
    if (used.has(at) || line.length < 2) continue
    used.add(at)
    const chain = [...line]
    extend(chain)
    chain.reverse()
    extend(chain)
    joined.push(chain)
  }
  return joined
}
