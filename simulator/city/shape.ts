import type { Random } from '../random.ts'

/** Metres east and north of the city's centre. The plan is drawn in these and bent afterwards. */
export type Xy = readonly [x: number, y: number]

export type Noise = (x: number, y: number) => number

const lattice = 64

/** Smooth noise in [-1, 1] whose hills are about one unit apart. */
export function makeNoise(random: Random): Noise {
  const heights = Float64Array.from({ length: lattice * lattice }, () => random.next() * 2 - 1)
  const at = (x: number, y: number) => heights[(y & (lattice - 1)) * lattice + (x & (lattice - 1))]!
  const smooth = (t: number) => t * t * (3 - 2 * t)
  return (x, y) => {
    const [left, low] = [Math.floor(x), Math.floor(y)]
    const [u, v] = [smooth(x - left), smooth(y - low)]
    const bottom = at(left, low) * (1 - u) + at(left + 1, low) * u
    const top = at(left, low + 1) * (1 - u) + at(left + 1, low + 1) * u
    return bottom * (1 - v) + top * v
  }
}

export const gap = (a: Xy, b: Xy) => Math.hypot(a[0] - b[0], a[1] - b[1])
export const mix = (a: Xy, b: Xy, part: number): Xy => [
  a[0] + (b[0] - a[0]) * part,
  a[1] + (b[1] - a[1]) * part,
]

/** Metres from a place to the piece of a line between a and b. */
export function toPiece([x, y]: Xy, [ax, ay]: Xy, [bx, by]: Xy): number {
  const [dx, dy] = [bx - ax, by - ay]
  const part = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)))
  return Math.hypot(x - ax - dx * part, y - ay - dy * part)
}

/** The line as seen from its left side at so many metres; negative is right of it. */
export function beside(line: readonly Xy[], metres: (at: number) => number): Xy[] {
  return line.map(([x, y], at) => {
    const [before, after] = [line[Math.max(0, at - 1)]!, line[Math.min(line.length - 1, at + 1)]!]
    const [dx, dy] = [after[0] - before[0], after[1] - before[1]]
    const length = Math.hypot(dx, dy) || 1
    const side = metres(at / (line.length - 1))
    return [x - (dy / length) * side, y + (dx / length) * side]
  })
}

/** Corners cut again and again (Chaikin, 1974), so that what was drawn with a ruler bends. */
export function rounded(line: readonly Xy[], times: number): Xy[] {
  let bent = [...line]
  for (let n = 0; n < times; n++) {
    const cut = bent.slice(1).flatMap((to, at) => [mix(bent[at]!, to, 0.25), mix(bent[at]!, to, 0.75)])
    bent = [bent[0]!, ...cut, bent.at(-1)!]
  }
  return bent
}

/** The line without the points that a straight one would pass within `metres`. */
export function simplified(line: readonly Xy[], metres: number): Xy[] {
  const [first, last] = [line[0]!, line.at(-1)!]
  let [farthest, most] = [0, metres]
  for (let at = 1; at < line.length - 1; at++) {
    const off = toPiece(line[at]!, first, last)
    if (off > most) [farthest, most] = [at, off]
  }
  if (farthest === 0) return [first, last]
  return [
    ...simplified(line.slice(0, farthest + 1), metres).slice(0, -1),
    ...simplified(line.slice(farthest), metres),
  ]
}
