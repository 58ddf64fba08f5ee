import type { Random } from './random.ts'
import { type District, districts, landmarks } from './streets.ts'

/**
 * Port Halvard, an invented coastal city. Its coordinates lie in the open Pacific, some 270 km off any coast,
 * so that no invented emergency ever points at a real house.
 */
export const cityName = 'Port Halvard'
const centre = { latitude: 44.62, longitude: -127.48 }
const metresPerDegree = 111_320

export type Place = {
  /** What a caller says: `214 Kestrel Street, apartment 4B`. */
  address: string
  /** What the agent writes down: the address with its district. */
  written: string
  number: string
  street: string
  cross: string
  district: string
  landmark: string
  apartment?: string
  latitude: number
  longitude: number
}

/**
 * A `home` may be a house or an apartment, a `shore` is a landmark at the water; outside there are no
 * numbers.
 */
export type PlaceKind =
  | 'home'
  | 'house'
  | 'apartment'
  | 'corner'
  | 'landmark'
  | 'shore'
  | 'highway'
  | 'trail'
  | 'water'

const spacing = 110
const blocks = 12
const doorLetters = 'ABCDEF'

/** A place of the kind asked for. The same address has the same coordinates every time. */
export function choosePlace(random: Random, kind: PlaceKind): Place {
  if (kind === 'highway' || kind === 'trail' || kind === 'water') return outside(random, kind)
  const open = landmarks.filter(({ shore }) => kind === 'landmark' || shore)
  const landmark = kind === 'landmark' || kind === 'shore' ? random.pick(open) : undefined
  const area = landmark ? find(landmark.district) : byHomes(random)
  const { row, column, door } = landmark ?? {
    row: random.int(0, 3),
    column: random.int(0, 3),
    door: random.int(1, 22),
  }
  const [street, cross] = [area.along[row]!, area.across[column]!]
  const block = 1 + column * 3
  const number = String(block * 100 + 2 * door)
  const along = (block - blocks / 2 + (kind === 'corner' ? 0 : door / 23)) * spacing
  const point = position(area, along, (row - 1.5) * spacing * 3)
  const near = landmark ?? landmarks.find(({ district }) => district === area.name)
  const base = { number, street, cross, district: area.name, landmark: near?.name ?? street, ...point }
  if (kind === 'corner') {
    return { ...base, address: `${street} and ${cross}`, written: `${street} & ${cross}, ${area.name}` }
  }
  const inside = kind === 'apartment' || (kind === 'home' && random.chance(0.4))
  const apartment = inside ? `${random.int(1, 9)}${doorLetters[random.int(0, 5)]}` : undefined
  const address = `${number} ${street}${apartment ? `, apartment ${apartment}` : ''}`
  const written = `${number} ${street}${apartment ? ` Apt ${apartment}` : ''}, ${area.name}`
  return { ...base, address, apartment, written: landmark ? `${landmark.name}, ${written}` : written }
}

const seenFrom = {
  highway: ['the Route 9 rest area', 'the Saltmarsh overpass', 'the weigh station'],
  trail: ['Gannet Head Lighthouse', 'the Gannet Head trailhead', 'Skua Bluff'],
  water: ['the breakwater', 'Gannet Head', 'buoy number eight'],
} as const

/** Where there are no addresses: Route 9 south along the coast, the trails beside it, the water off it. */
function outside(random: Random, kind: keyof typeof seenFrom): Place {
  const mile = random.int(11, 24)
  const way = random.pick(['northbound', 'southbound'])
  const metres = mile * 1_609 + random.int(-300, 300)
  const offshore = { highway: 0, trail: -random.int(300, 1_200), water: -random.int(1_500, 4_000) }[kind]
  const landmark = random.pick(seenFrom[kind])
  const road = `Route 9 ${way}`
  const written = {
    highway: `${road}, mile ${mile}`,
    trail: `Trail near ${landmark}`,
    water: `Afloat off ${landmark}`,
  }
  return {
    address: `${road} at mile ${mile}`,
    written: written[kind],
    number: String(mile),
    street: road,
    cross: random.pick(['the Gannet Head exit', 'the weigh station', 'the Saltmarsh overpass']),
    district: 'Route 9',
    landmark,
    ...degrees(-2_500 + mile * 40 + offshore, -1_000 - metres * 0.6),
  }
}

export type Point = { latitude: number; longitude: number }

/** Where street `row` of a district crosses its cross street `column`, both 0 to 3. */
export function corner(name: string, row: number, column: number): Point & { written: string } {
  const area = find(name)
  const written = `${area.along[row]} & ${area.across[column]}, ${name}`
  return { written, ...position(area, (1 + column * 3 - blocks / 2) * spacing, (row - 1.5) * spacing * 3) }
}

/**
 * The place that words such as `Quay Street and Herring Lane` or `214 Kestrel Street` name, to a block; with
 * a street alone the middle of it. Undefined when no street of the city is among them.
 */
export function findPlace(words: string): Point | undefined {
  const text = words.toLowerCase()
  const among = (street: string) => new RegExp(`\\b${street.toLowerCase()}\\b`).test(text)
  for (const area of districts) {
    const row = area.along.findIndex(among)
    if (row < 0) continue
    const cross = area.across.findIndex(among)
    const block = Number(/\b(\d{1,2})\d\d\b/.exec(text)?.[1] ?? 5)
    const { latitude, longitude } = corner(area.name, row, cross < 0 ? Math.min(3, (block - 1) / 3) : cross)
    return { latitude, longitude }
  }
  return undefined
}

/** Metres from the centre within which everything of the city lies, Route 9 and the water too. */
const reach = 60_000

/** Whether a place is one of the invented city; no real one is. */
export function inCity({ latitude, longitude }: Point): boolean {
  const narrow = Math.cos((centre.latitude * Math.PI) / 180)
  const north = (latitude - centre.latitude) * metresPerDegree
  const east = (longitude - centre.longitude) * metresPerDegree * narrow
  return Math.hypot(north, east) < reach
}

function byHomes(random: Random): District {
  const doors = districts.flatMap((one) => Array.from({ length: one.homes }, () => one))
  return random.pick(doors)
}

function find(name: string): District {
  const found = districts.find((one) => one.name === name)
  if (!found) throw new Error(`no district ${name}`)
  return found
}

function position(area: District, along: number, across: number) {
  const [east, north, bearing] = area.at
  const angle = (bearing * Math.PI) / 180
  return degrees(
    east + along * Math.cos(angle) - across * Math.sin(angle),
    north + along * Math.sin(angle) + across * Math.cos(angle),
  )
}

function degrees(east: number, north: number) {
  const narrow = Math.cos((centre.latitude * Math.PI) / 180)
  const six = (value: number) => Math.round(value * 1e6) / 1e6
  return {
    latitude: six(centre.latitude + north / metresPerDegree),
    longitude: six(centre.longitude + east / (metresPerDegree * narrow)),
  }
}
