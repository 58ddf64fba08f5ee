import { readText as readTextFile, TextFileFault } from '../lib/text-file.ts'
import { RoadFault } from './road-fault.ts'
import type { House, NamedPlace, Segment } from './segment.ts'

/** What a reader of road files gives, one after the other. */
export type RoadItem =
  | { segment: Segment; place?: undefined; house?: undefined }
  | { place: NamedPlace; segment?: undefined; house?: undefined }
  | { house: House; segment?: undefined; place?: undefined }

/** What is wrong with a file of roads, in a sentence with the line where there is one. */
export class RoadFileFault extends RoadFault {}

export const nameLimit = 200
/** Points of one segment. */
export const lineLimit = 10_000
/** Degrees between two points of a line: longer pieces of road are faults of the data. */
const longestPiece = 1

type Point = readonly [number, number]

/** Why this is no line of a street; undefined when it is one. */
export function lineFault(line: readonly Point[]): string | undefined {
  if (line.length < 2) return 'a line has fewer than two points'
  if (line.length > lineLimit) return `a line has more than ${lineLimit} points`
  for (const [at, [x, y]] of line.entries()) {
    if (!(Math.abs(x) <= 180 && Math.abs(y) <= 90)) return 'a point is not on the earth'
    const [px, py] = line[at - 1] ?? [x, y]
    if (Math.abs(px - x) > longestPiece || Math.abs(py - y) > longestPiece) {
      return 'two points of a line are more than a degree apart'
    }
  }
  return undefined
}

/** The text of a file, unpacked where its name ends in .gz. */
export async function* readText(path: string): AsyncGenerator<string> {
  try {
    yield* readTextFile(path)
  } catch (error) {
    throw error instanceof TextFileFault ? new RoadFileFault(error.message) : error
  }
}
