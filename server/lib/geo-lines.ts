import { distance } from './geo.ts'

/** [longitude, latitude] in degrees. */
export type Point = readonly [number, number]

const between = ([x0, y0]: Point, [x1, y1]: Point) =>
  distance({ latitude: y0, longitude: x0 }, { latitude: y1, longitude: x1 })

/** Metres along a line. */
export function lengthOf(line: readonly Point[]): number {
  let metres = 0
  for (let at = 1; at < line.length; at += 1) metres += between(line[at - 1]!, line[at]!)
  return metres
}

/** The part of a line between two shares of its length, `from` <= `to`; both ends are points of it. */
export function cutLine(line: readonly Point[], from: number, to: number): Point[] {
  const whole = lengthOf(line)
  const cut: Point[] = []
  let passed = 0
  for (let at = 1; at < line.length; at += 1) {
    const [a, b] = [line[at - 1]!, line[at]!]
    const metres = between(a, b)
    const onPiece = (share: number): Point => {
      const part = metres > 0 ? Math.min(1, Math.max(0, (share * whole - passed) / metres)) : 0
      return [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part]
    }
    const isLast = at === line.length - 1
    if (cut.length === 0 && (from * whole <= passed + metres || isLast)) cut.push(onPiece(from))
    if (cut.length > 0 && (to * whole <= passed + metres || isLast)) {
      cut.push(onPiece(to))
      break
    }
    if (cut.length > 0) cut.push(b)
    passed += metres
  }
  return cut
}

/** The same line without points that repeat the one before; a line of one place keeps two points. */
export function withoutRepeats(line: readonly Point[]): [number, number][] {
  const kept = line.filter((point, at) => {
    const before = line[at - 1]
    return !before || before[0] !== point[0] || before[1] !== point[1]
  })
  const only = kept.length === 1 ? [...kept, ...kept] : kept
  return only.map(([x, y]) => [x, y])
}
