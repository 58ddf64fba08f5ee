/** A district is a small grid of four streets by four. */
export type District = {
  name: string
  at: Grid
  homes: number
  along: readonly string[]
  across: readonly string[]
}
/**
 * Metres east and north of the city's centre, and the bearing of the `along` streets in degrees from east.
 */
type Grid = readonly [east: number, north: number, bearing: number]

function district(name: string, at: Grid, homes: number, along: string, across: string): District {
  return { name, at, homes, along: along.split(', '), across: across.split(', ') }
}

export const districts: readonly District[] = [
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

/** A public place: its door is on the street `along[row]`, in the block after `across[column]`. */
export type Landmark = {
  name: string
  district: string
  row: number
  column: number
  door: number
  shore: boolean
}

function landmark(name: string, district: string, [row, column, door]: Corner, shore = false): Landmark {
  return { name, district, row, column, door, shore }
}
type Corner = readonly [row: number, column: number, door: number]

export const landmarks: readonly Landmark[] = [
  landmark('Harbor Ferry Terminal', 'Old Harbor', [0, 1, 2], true),
  landmark('Ropewalk Market Hall', 'Old Harbor', [2, 2, 11]),
  landmark('Saltmarsh Boat Ramp', 'Saltmarsh', [3, 0, 20], true),
  landmark('Saltmarsh Community Center', 'Saltmarsh', [1, 1, 7]),
  landmark('Gannet Heights Library', 'Gannet Heights', [0, 2, 16]),
  landmark('Weir Street Gym', 'Millrace', [0, 1, 14]),
  landmark('Millrace Shopping Center', 'Millrace', [3, 3, 3]),
  landmark('Eastbank Middle School', 'Eastbank', [2, 0, 9]),
  landmark('Eastbank Tram Depot', 'Eastbank', [0, 3, 18]),
  landmark('Cannery Pier', 'Cannery Point', [0, 3, 1], true),
  landmark('Icehouse Brewery', 'Cannery Point', [3, 1, 12]),
  landmark('Northfield Garden Center', 'Northfield', [0, 0, 21]),
  landmark('Collier Park Stadium', 'Collier Park', [0, 2, 6]),
  landmark('Halvard University Main Hall', 'University Hill', [1, 1, 1]),
]
