import type { HouseRow } from './rules-houses.ts'
import type { NumberedLine } from './rules-lines.ts'
import type { Reading } from './rules-query.ts'
import type { CrossingRow } from './store.ts'

/** The questions a search asks the database. */
export type Lookups = {
  segmentsNear: (streetIds: readonly number[], number: number) => Promise<NumberedLine[]>
  housesNear: (streetIds: readonly number[], number: number) => Promise<HouseRow[]>
  crossings: (some: readonly number[], others?: readonly number[]) => Promise<CrossingRow[]>
  extents: (streetIds: readonly number[]) => Promise<{ street_id: number; metres: number }[]>
}

export type Of<Kind extends Reading['kind']> = Extract<Reading, { kind: Kind }>

/** Streets looked into for each reading. */
export const streetsLookedInto = 10

export const withArea = (label: string, area: string) => (area === '' ? label : `${label}, ${area}`)
