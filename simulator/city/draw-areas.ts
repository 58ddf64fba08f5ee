import { createRandom } from '../random.ts'
import { layDistricts } from './districts.ts'
import { type Ground, layGround, sampled } from './ground.ts'
import { toDegrees } from './projection.ts'
import { beside, simplified, type Xy } from './shape.ts'

type Area = {
  type: 'Feature'
  properties: { kind: 'WATER' | 'PARK' | 'DISTRICT'; name: string }
  geometry: { type: 'Polygon'; coordinates: number[][][] } | { type: 'Point'; coordinates: number[] }
}
export type Areas = { type: 'FeatureCollection'; features: Area[] }

const degrees = (point: Xy): number[] => {
  const { latitude, longitude } = toDegrees(point)
  return [longitude, latitude]
}

/** How far out the sea and the coast are drawn, in metres from the centre: beyond the edges of any map. */
const far = 3_500_000
/** Metres from the centre up to which the coast is the city's own; so far out, steps along it grow. */
const own = 40_000
/** Metres by which a drawn border may differ from the true one. */
const tolerance = 4

function polygon(ground: Ground, ring: readonly Xy[], kind: 'WATER' | 'PARK', name: string): Area {
  const bent = simplified(ring.map(ground.bend), tolerance)
  const closed = [...bent, bent[0]!].map(degrees)
  return { type: 'Feature', properties: { kind, name }, geometry: { type: 'Polygon', coordinates: [closed] } }
}

/** Metres by which the land reaches out far from the city; its coast would be a ruler's line else. */
function headland(y: number): number {
  const share = Math.min(1, Math.max(0, Math.abs(y) - own) / 100_000)
  const wave = (long: number) => 1 - Math.cos((Math.abs(y) - own) / long)
  return share * (14_000 * wave(21_000) + 40_000 * wave(y < 0 ? 73_000 : 95_000) + 110_000 * wave(310_000))
}

function sea(ground: Ground): Area {
  const coast: Xy[] = []
  for (let y = -far; y <= far; y += Math.abs(y) <= own ? 60 : Math.max(60, (Math.abs(y) - own) / 50)) {
    coast.push([ground.coastX(y) - headland(y), y])
  }
  return polygon(ground, [...coast, [-far, far], [-far, -far]], 'WATER', 'Sea')
}

function river(ground: Ground): Area {
  const line = sampled(ground.river, 60)
  const bank = (side: 1 | -1) =>
    beside(line, (part) => side * ground.halfWidth(line[Math.round(part * (line.length - 1))]!))
  return polygon(ground, [...bank(1), ...bank(-1).toReversed()], 'WATER', 'River')
}

function park(ground: Ground, { at: [x, y], radius, name }: Ground['parks'][number]): Area {
  const ring = Array.from({ length: 40 }, (_, step): Xy => {
    const turn = (step / 40) * 2 * Math.PI
    return [x + radius * Math.cos(turn), y + radius * Math.sin(turn)]
  })
  return polygon(ground, ring, 'PARK', name)
}

/** Water, parks and the names of districts of the invented city of a seed, as GeoJSON for maps. */
export function drawAreas(seed: string): Areas {
  const random = createRandom(`city/${seed}`)
  const ground = layGround(random.stream('ground'))
  const districts = layDistricts(random.stream('districts'), ground)
  const dry = districts.filter(({ middle }) => Math.min(ground.fromSea(middle), ground.fromRiver(middle)) > 0)
  const names = dry.map(({ name, middle }): Area => {
    const geometry = { type: 'Point' as const, coordinates: degrees(ground.bend(middle)) }
    return { type: 'Feature', properties: { kind: 'DISTRICT', name }, geometry }
  })
  const parks = ground.parks.map((one) => park(ground, one))
  return { type: 'FeatureCollection', features: [sea(ground), river(ground), ...parks, ...names] }
}
