import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { type OsmFileNode, type OsmFileWay, osmFile } from '../test/support/osm-file.ts'
import { findRoadSources } from './read-road-files.ts'
import type { RoadItem } from './road-item.ts'

async function read(nodes: OsmFileNode[], ways: OsmFileWay[]): Promise<RoadItem[]> {
  const folder = mkdtempSync(join(tmpdir(), 'toneout-osm-'))
  const path = join(folder, 'town.osm.pbf')
  writeFileSync(path, osmFile(nodes, ways))
  const items: RoadItem[] = []
  try {
    for (const source of findRoadSources([path])) for await (const one of source.read()) items.push(one)
  } finally {
    rmSync(folder, { recursive: true })
  }
  return items
}

const street = { 'addr:street': 'Mill Lane' }
const node = (id: number, x: number, y: number, tags?: OsmFileNode['tags']): OsmFileNode => {
  return { id, at: [10 + x / 1_000, 50 + y / 1_000], tags }
}
const numbered = (number: string, more = {}) => ({ 'addr:housenumber': number, ...street, ...more })
/** Each house as its number, street, area and place in thousandths of a degree. */
async function houses(nodes: OsmFileNode[], ways: OsmFileWay[] = []) {
  const items = await read(nodes, ways)
  return items.flatMap(({ house }) => {
    if (!house) return []
    const [x, y] = [(house.at[0] - 10) * 1_000, (house.at[1] - 50) * 1_000].map((one) =>
      Number(one.toFixed(2)),
    )
    return [`${house.number} ${house.street}${house.area ? `, ${house.area}` : ''} ${x} ${y}`]
  })
}
const square = [node(1, 0, 0), node(2, 4, 0), node(3, 4, 2), node(4, 0, 2)]
const line = (tags: OsmFileWay['tags'], refs = [1, 2, 3]) => [{ id: 9, refs, tags }]
const bend = (first: string, last: string) => [
  node(1, 0, 0, numbered(first)),
  node(2, 0, 4),
  node(3, 0, 8, numbered(last)),
]

const cases: [name: string, nodes: OsmFileNode[], ways: OsmFileWay[], found: string[]][] = [
  ['a door', [node(1, 1, 2, numbered('12a', { 'addr:city': 'Norton' }))], [], ['12a Mill Lane, Norton 1 2']],
  [
    'two numbers at one door',
    [node(1, 1, 2, numbered('12;14'))],
    [],
    ['12 Mill Lane 1 2', '14 Mill Lane 1 2'],
  ],
  [
    'a place without streets',
    [node(1, 1, 2, { 'addr:housenumber': '3', 'addr:place': 'Hof' })],
    [],
    ['3 Hof 1 2'],
  ],
  ['a building', square, line(numbered('5'), [1, 2, 3, 4, 1]), ['5 Mill Lane 2 1']],
  [
    'no street, no number',
    [node(1, 0, 0, { 'addr:housenumber': '3' }), node(2, 0, 0, numbered('Villa'))],
    [],
    [],
  ],
  [
    'even numbers between two doors',
    bend('2', '10'),
    line({ 'addr:interpolation': 'even' }),
    ['2 Mill Lane 0 0', '10 Mill Lane 0 8', '4 Mill Lane 0 2', '6 Mill Lane 0 4', '8 Mill Lane 0 6'],
  ],
  [
    'all numbers, falling, the street on the line',
    bend('4', '2'),
    line({ 'addr:interpolation': 'all', 'addr:street': 'Back Lane' }),
    ['4 Mill Lane 0 0', '2 Mill Lane 0 8', '3 Back Lane 0 4'],
  ],
  [
    'letters are left out',
    bend('2', '10'),
    line({ 'addr:interpolation': 'alphabetic' }),
    ['2 Mill Lane 0 0', '10 Mill Lane 0 8'],
  ],
  [
    'a gap without sense is left out',
    bend('2', '99998'),
    line({ 'addr:interpolation': 'even' }),
    ['2 Mill Lane 0 0', '99998 Mill Lane 0 8'],
  ],
  [
    'a line with an end that the file lacks',
    bend('2', '10'),
    line({ 'addr:interpolation': 'even' }, [1, 2, 77]),
    ['2 Mill Lane 0 0', '10 Mill Lane 0 8'],
  ],
]
for (const [name, nodes, ways, found] of cases) {
  test(`houses of OpenStreetMap: ${name}`, async () => assert.deepEqual(await houses(nodes, ways), found))
}

test('streets, houses and places of one file', async () => {
  const nodes = [
    ...[node(1, 0, 0), node(2, 1, 0), node(3, 2, 0), node(4, 1, 1)],
    node(5, 1, 2, { name: 'St Mary', amenity: 'hospital', ...numbered('1') }),
  ]
  const items = await read(nodes, [
    { id: 10, refs: [1, 2, 3], tags: { highway: 'residential', name: 'Mill Lane', maxspeed: '30' } },
    { id: 11, refs: [2, 4], tags: { highway: 'service', oneway: 'yes' } },
  ])
  const shown = items.map(({ segment, place, house }) =>
    segment ? `${segment.id} ${segment.name} ${segment.oneway}` : (place?.name ?? `${house?.number}`),
  )
  assert.deepEqual(shown, ['1', 'St Mary', '10/0 Mill Lane no', '10/1 Mill Lane no', '11/0  forward'])
})
