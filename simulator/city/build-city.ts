import type { NamedPlace, Segment } from '../../server/streets/segment.ts'
import { createRandom } from '../random.ts'
import { arrange, type Edge } from './arrange.ts'
import { type District, layDistricts, whichDistrict } from './districts.ts'
import { type Ground, layGround } from './ground.ts'
import { namePlaces } from './name-places.ts'
import { nameStreets } from './name-streets.ts'
import { numberHouses } from './number-houses.ts'
import { toDegrees } from './projection.ts'
import { openTraps, prune } from './prune.ts'
import { simplified, type Xy } from './shape.ts'
import { localStreets, mainRoads, type Stroke } from './strokes.ts'

export type City = {
  segments: readonly Segment[]
  places: readonly NamedPlace[]
  districts: readonly Pick<District, 'name' | 'homes' | 'work'>[]
  /** Name of a bridge -> ids of the segments that are it. */
  bridges: ReadonlyMap<string, readonly string[]>
}

/** Metres by which a drawn line may differ from the true one. */
const drawn = 2

/** The invented city of a seed. The same seed gives the same city, byte for byte. */
export function buildCity(seed: string): City {
  const random = createRandom(`city/${seed}`)
  const ground = layGround(random.stream('ground'))
  const districts = layDistricts(random.stream('districts'), ground)
  const strokes = [
    ...mainRoads(ground),
    ...districts.flatMap((one) => localStreets(one, districts, ground, random.stream(one.name))),
  ]
  const network = arrange(strokes)
  const edges = prune(network, strokes, districts, random.stream('prune'))
  const names = nameStreets(strokes, districts, random.stream('names'))
  const areas = edges.map((edge) => areaOf(edge, strokes, districts))
  const styles = new Map(districts.map(({ name, style }) => [name, style]))
  const wet = edges.map((edge) => isWet(edge, ground))
  const styleAt = new Map(edges.map((edge, at) => [edge, wet[at] ? undefined : styles.get(areas[at] ?? '')]))
  const houses = numberHouses(edges, strokes, names, (edge) => styleAt.get(edge))
  const ways = openTraps(edges, strokes)
  const segments = edges.map((edge, at): Segment => {
    const { class: kind } = strokes[edge.stroke]!
    const area = areas[at]
    return {
      id: `ph-${at + 1}`,
      name: names[edge.stroke]!,
      class: kind,
      oneway: ways[at]!,
      line: simplified(edge.line.map(ground.bend), drawn).map(coordinates),
      from_node: `n${edge.from}`,
      to_node: `n${edge.to}`,
      ...houses[at],
      ...(area ? { area } : {}),
    }
  })
  const { places, bridges } = namePlaces({
    edges,
    segments,
    wet,
    ground,
    districts,
    random: random.stream('places'),
  })
  return {
    segments,
    places,
    bridges,
    districts: districts.map(({ name, homes, work }) => ({ name, homes, work })),
  }
}

function coordinates(point: Xy): [number, number] {
  const { latitude, longitude } = toDegrees(point)
  return [longitude, latitude]
}

const middleOf = ({ line }: Edge): Xy => line[line.length >> 1]!

function areaOf(edge: Edge, strokes: readonly Stroke[], districts: readonly District[]): string | undefined {
  return strokes[edge.stroke]!.district ?? whichDistrict(districts, middleOf(edge))?.name
}

/** Whether it leads over water. */
function isWet({ line }: Edge, ground: Ground): boolean {
  return line.slice(1).some((to, at) => {
    const from = line[at]!
    return ground.fromRiver([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]) < 0
  })
}
