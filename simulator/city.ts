import type { Random } from './random.ts'

/**
 * Port Halvard, an invented coastal city. Its coordinates lie in the open Pacific, some 270 km off any coast, so
 * that no invented emergency ever points at a real house.
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

/** A `home` may be a house or an apartment; a corner has no number, a highway only a mile. */
export type PlaceKind = 'home' | 'house' | 'apartment' | 'corner' | 'landmark' | 'highway'

/** A district is a small grid of four streets by four. */
type District = { name: string; at: Grid; homes: number; along: readonly string[]; across: readonly string[] }
/** Metres east and north of the city's centre, and the bearing of the `along` streets in degrees from east. */
type Grid = readonly [east: number, north: number, bearing: number]

function district(name: string, at: Grid, homes: number, along: string, across: string): District {
  return { name, at, homes, along: along.split(', '), across: across.split(', ') }
}

const districts: readonly District[] = [
  district(
    'Old Harbor',
    [-900, -300, 14],
    9,
    'Quay Street, Chandler Street, Ropewalk Lane, Customs Row',
    'Anchor Street, Herring Lane, Bellman Street, Tidegate Street',
  ),
  district(
    'Saltmarsh',
    [-3100, -1500, -8],
    12,
    'Kestrel Street, Sedge Street, Plover Avenue, Marsh Lane',
    'Tern Avenue, Curlew Street, Reed Street, Osprey Court',
  ),
  district(
    'Gannet Heights',
    [1800, 2300, 31],
    10,
    'Summit Avenue, Lookout Road, Fulmar Drive, Windrose Avenue',
    'Petrel Street, Juniper Way, Beacon Street, Skua Lane',
  ),
  district(
    'Millrace',
    [2700, -600, 3],
    14,
    'Weir Street, Mill Street, Sluice Street, Carding Street',
    'Spindle Avenue, Weaver Avenue, Bobbin Street, Loom Street',
  ),
  district(
    'Eastbank',
    [4600, 900, -17],
    13,
    'Alder Street, Hazel Street, Larch Avenue, Rowan Avenue',
    '4th Street, 5th Street, 6th Street, 7th Street',
  ),
  district(
    'Cannery Point',
    [-2000, 1300, 22],
    8,
    'Cannery Street, Trawler Street, Net Loft Lane, Icehouse Street',
    'Capstan Street, Mizzen Street, Halyard Street, Keel Street',
  ),
  district(
    'Northfield',
    [600, 4200, 0],
    15,
    'Orchard Road, Barley Road, Clover Road, Meadow Road',
    '12th Avenue, 14th Avenue, 16th Avenue, 18th Avenue',
  ),
  district(
    'Collier Park',
    [900, -2800, 9],
    11,
    'Collier Avenue, Foundry Street, Slag Lane, Tinder Street',
    'Bell Street, Copper Street, Ingot Street, Anvil Street',
  ),
  district(
    'University Hill',
    [3300, 3400, -25],
    8,
    'College Avenue, Observatory Road, Provost Street, Lantern Street',
    'Quill Street, Ledger Street, Folio Street, Margin Street',
  ),
]

/** Public places with their door on a street of the district. */
const landmarks: readonly (readonly [name: string, district: string])[] = [
  ['Harbor Ferry Terminal', 'Old Harbor'],
  ['Ropewalk Market Hall', 'Old Harbor'],
  ['Saltmarsh Community Pool', 'Saltmarsh'],
  ['Gannet Heights Library', 'Gannet Heights'],
  ['Weir Street Gym', 'Millrace'],
  ['Millrace Shopping Center', 'Millrace'],
  ['Eastbank Middle School', 'Eastbank'],
  ['Eastbank Tram Depot', 'Eastbank'],
  ['Icehouse Brewery', 'Cannery Point'],
  ['Northfield Garden Center', 'Northfield'],
  ['Collier Park Stadium', 'Collier Park'],
  ['Halvard University Main Hall', 'University Hill'],
]

const spacing = 110
const blocks = 12
const doorLetters = 'ABCDEF'

/** A place of the kind asked for. Addresses, corners and coordinates agree with each other. */
export function choosePlace(random: Random, kind: PlaceKind): Place {
  if (kind === 'highway') return onHighway(random)
  const landmark = kind === 'landmark' ? random.pick(landmarks) : undefined
  const area = landmark ? find(landmark[1]) : byHomes(random)
  const row = random.int(0, 3)
  const column = random.int(0, 3)
  const [street, cross] = [area.along[row]!, area.across[column]!]
  const block = 1 + column * 3
  const number = String(block * 100 + 2 * random.int(1, 22))
  const along = (block - blocks / 2) * spacing + (kind === 'corner' ? 0 : random.int(8, 60))
  const point = position(area, along, (row - 1.5) * spacing * 3)
  const near = landmark ?? landmarks.find(([, name]) => name === area.name)
  const base = { number, street, cross, district: area.name, landmark: near?.[0] ?? street, ...point }
  if (kind === 'corner') {
    const address = `${street} and ${cross}`
    return { ...base, address, written: `${street} & ${cross}, ${area.name}` }
  }
  const inside = kind === 'apartment' || (kind === 'home' && random.chance(0.4))
  const apartment = inside ? `${random.int(1, 9)}${doorLetters[random.int(0, 5)]}` : undefined
  const address = `${number} ${street}${apartment ? `, apartment ${apartment}` : ''}`
  const door = apartment ? ` Apt ${apartment}` : ''
  const name = landmark ? `${landmark[0]}, ` : ''
  return { ...base, address, apartment, written: `${name}${number} ${street}${door}, ${area.name}` }
}

/** Route 9 leaves the city to the south along the coast; its mile markers are all a driver can see. */
function onHighway(random: Random): Place {
  const mile = random.int(11, 24)
  const way = random.pick(['northbound', 'southbound'])
  const metres = mile * 1_609 + random.int(-300, 300)
  return {
    address: `Route 9 ${way} at mile ${mile}`,
    written: `Route 9 ${way}, mile ${mile}`,
    number: String(mile),
    street: `Route 9 ${way}`,
    cross: random.pick(['the Gannet Head exit', 'the weigh station', 'the Saltmarsh overpass']),
    district: 'Route 9',
    landmark: random.pick(['Gannet Head Lighthouse', 'the Route 9 rest area', 'the Saltmarsh overpass']),
    ...degrees(-2_500 + mile * 40, -1_000 - metres * 0.6),
  }
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
