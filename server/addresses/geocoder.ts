import type { FoundAddress } from '@toneout/contract/operations/addresses.ts'
import type { Position } from '../lib/geo.ts'

export type SearchOptions = { near?: Position; limit: number }

/** Finds places by words and by position, whoever does it. Rejects when it cannot answer. */
export type Geocoder = {
  /** The best first; none is an answer too. */
  search: (text: string, options: SearchOptions) => Promise<FoundAddress[]>
  /** What is at the position; undefined when nothing is near. */
  reverse: (place: Position) => Promise<FoundAddress | undefined>
}
