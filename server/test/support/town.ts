import { importGazetteer } from '../../addresses/import-gazetteer.ts'
import type { House, NamedPlace, Segment } from '../../streets/segment.ts'
import type { TestServer } from './test-server.ts'

type Piece = {
  name: string
  from: readonly [number, number]
  to: readonly [number, number]
  left?: readonly [number, number]
  right?: readonly [number, number]
  area?: string
}

const node = ([x, y]: readonly [number, number]) => `${x},${y}`
const range = (given: Piece['left']) => given && { from: given[0], to: given[1] }

function toSegment({ name, from, to, left, right, area }: Piece, at: number): Segment {
  return {
    ...{ id: `piece ${at}`, name, class: 'residential', oneway: 'no', line: [from, to] },
    ...{ from_node: node(from), to_node: node(to), left: range(left), right: range(right), area },
  }
}

/** A grid about [longitude, latitude] 10.00, 50.00; 0.01 degrees are some 715 m to the east. */
export const townSegments: Segment[] = [
  { name: 'Harbour Street', from: [10, 50], to: [10.01, 50], left: [301, 399], right: [300, 398] },
  { name: 'Harbour Street', from: [10.01, 50], to: [10.02, 50], left: [401, 499], right: [400, 498] },
  { name: 'Mission St', from: [10, 50.01], to: [10.01, 50.01], left: [1, 99], right: [2, 98] },
  { name: 'Mission St', from: [10.01, 50.01], to: [10.02, 50.01], left: [101, 199], right: [100, 198] },
  { name: '03RD ST', from: [10.01, 50], to: [10.01, 50.01], left: [1, 99], right: [2, 98] },
  { name: '3rd Ave', from: [10.02, 50], to: [10.02, 50.01], left: [1, 99], right: [2, 98] },
  { name: 'South Van Ness Ave', from: [10, 50], to: [10, 50.01], left: [1, 99], right: [2, 98] },
  { name: 'Mill Lane', from: [10.03, 50.03], to: [10.031, 50.03], left: [1, 9], area: 'Norton' },
  { name: 'Mill Lane', from: [10.2, 50.2], to: [10.201, 50.2], left: [1, 9], area: 'Sutton' },
  { name: 'Bare Road', from: [10.04, 50.03], to: [10.05, 50.03] },
  { name: 'Lime Walk', from: [10.3, 50.03], to: [10.301, 50.03] },
  { name: 'Lime Walk', from: [10.301, 50.03], to: [10.325, 50.045] },
  { name: 'Lime Walk', from: [10.3, 50.2], to: [10.301, 50.2] },
  { name: '', from: [10.04, 50.03], to: [10.04, 50.04] },
].map(toSegment as (piece: object, at: number) => Segment)

export const townPlaces: NamedPlace[] = [
  { name: 'General Hospital', kind: 'hospital', at: [10.015, 50.005] },
  { name: 'Pier 39', kind: 'pier', at: [10.016, 50.002] },
]

/** Bare Road has no ranges of numbers; the last is on the Mill Lane of Sutton, which lies nearest. */
export const townHouses: House[] = [
  { number: '12', street: 'Bare Road', at: [10.041, 50.0303] },
  { number: '12a', street: 'BARE RD', at: [10.0412, 50.0303] },
  { number: '20', street: 'Bare Road', at: [10.043, 50.0303] },
  { number: '77', street: 'Mill Lane', at: [10.2005, 50.2003] },
  { number: '3', street: 'Lime Walk', area: 'Norton', at: [10.3005, 50.0302] },
  { number: '3', street: 'Lime Walk', area: 'Sutton', at: [10.3005, 50.2002] },
  { number: '1', street: 'Nowhere Street', at: [10, 50] },
]

/** Gives the server's gazetteer a town; it finds its streets once the notification has come. */
export const importTown = (server: TestServer, segments = townSegments, places = townPlaces) =>
  importGazetteer(server.ctx, { source: 'town', segments, places, houses: townHouses })
