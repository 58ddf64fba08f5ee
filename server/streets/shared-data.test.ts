import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { readCsvRows } from '../lib/csv-rows.ts'
import type { Position } from '../lib/geo.ts'
import { type Graph, graphPath, openGraph } from './graph-file.ts'
import { graphConsumer, importStreets } from './import-streets.ts'
import { readText } from './road-item.ts'
import { createRouter, type Router } from './router.ts'
import { type Drive, fitDrives } from './rules-fit.ts'

/** Real roads beside the repository; without them there is nothing to test here. */
const folder = join(import.meta.dirname, '../../../shared/data')
const pathOf = (name: string) => join(folder, name)
const skip = existsSync(pathOf('README.md')) ? false : 'the shared data is not here'

async function importAll(...files: string[]): Promise<{ graph: Graph; router: Router }> {
  const dir = mkdtempSync(join(tmpdir(), 'toneout-city-'))
  try {
    const consumers = (told: Parameters<typeof graphConsumer>[1]) => [graphConsumer(dir, told)]
    await importStreets(files.map(pathOf), consumers, () => new Date())
    const graph = openGraph(graphPath(dir))
    return { graph, router: createRouter(graph) }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

function drive(router: Router, from: Position, one: Position, profile: 'siren' | 'normal' = 'siren') {
  return router.route({ one, direction: 'to', profile, slowdown: 1 }, from)
}
const within = (value: number | undefined, least: number, most: number) =>
  assert.ok(value !== undefined && value >= least && value <= most, `${value} is not ${least} to ${most}`)

describe('Liechtenstein (OpenStreetMap)', { skip }, () => {
  let city: Awaited<ReturnType<typeof importAll>>
  before(async () => {
    city = await importAll('liechtenstein-2015.osm.pbf')
  })
  test('its streets', () => {
    const { segments, core_segments, core_nodes } = city.graph.about
    within(segments, 5_000, 6_000)
    within(core_segments / segments, 0.95, 1)
    within(core_nodes, 4_000, 5_000)
    assert.deepEqual(city.graph.about.attribution, ['© OpenStreetMap contributors'])
  })
  test('from Vaduz to Schaan, and the length of the country', () => {
    const [vaduz, schaan] = [
      { latitude: 47.141, longitude: 9.5215 },
      { latitude: 47.165, longitude: 9.5087 },
    ]
    const short = drive(city.router, vaduz, schaan)
    within(short?.metres, 2_700, 4_000)
    within(short?.seconds, 150, 420)
    const long = drive(
      city.router,
      { latitude: 47.0681, longitude: 9.5025 },
      { latitude: 47.2381, longitude: 9.525 },
    )
    within(long?.metres, 20_000, 25_000)
    within(long?.seconds, 900, 1_800)
  })
})

describe('San Francisco', { skip }, () => {
  let city: Awaited<ReturnType<typeof importAll>>
  const stations = new Map<number, Position>()
  before(async () => {
    city = await importAll('sf-street-segments-speed.csv.gz', 'sf-streets-and-intersections.csv.gz')
    const text = readText(pathOf('sf-city-facilities.csv.gz'))
    for await (const { fields } of readCsvRows('facilities', text, ['common_name'])) {
      const number = /^Fire Station #(\d+)/.exec(fields.common_name as string)?.[1]
      const place = { latitude: Number(fields.latitude), longitude: Number(fields.longitude) }
      if (number) stations.set(Number(number), place)
    }
  })
  after(() => stations.clear())

  test('its streets, and a drive across', () => {
    const { segments, core_segments } = city.graph.about
    within(segments, 15_000, 17_000)
    within(core_segments / segments, 0.98, 1)
    const hall = { latitude: 37.7793, longitude: -122.4193 }
    const found = drive(city.router, hall, { latitude: 37.7349, longitude: -122.478 })
    within(found?.metres, 7_500, 10_500)
    within(found?.seconds, 540, 900)
  })

  test('engines from their own stations took about as long as the roads say', async (t) => {
    const drives: Drive[] = []
    let unknown = 0
    const text = readText(pathOf('sf-fire-calls-2016-12-31_2017-01-07.csv.gz'))
    for await (const { fields } of readCsvRows('calls', text, ['Unit ID', 'Location'])) {
      const unit = /^[ET](\d\d)$/.exec(fields['Unit ID'] as string)?.[1]
      const station = stations.get(Number(unit))
      const isOwn = Number(fields['Station Area']) === Number(unit) && fields['Final Priority'] === '3'
      const actual =
        (Date.parse(fields['On Scene DtTm'] ?? '') - Date.parse(fields['Response DtTm'] ?? '')) / 1_000
      const [latitude, longitude] = (/\(([-\d.]+), ([-\d.]+)\)/.exec(fields.Location ?? '') ?? [])
        .slice(1)
        .map(Number)
      if (!station || !isOwn || !(actual > 0) || latitude === undefined || longitude === undefined) continue
      const expected = drive(city.router, station, { latitude, longitude })?.seconds
      if (expected === undefined) unknown += 1
      else drives.push({ expected, actual })
    }
    const fit = fitDrives(drives)
    t.diagnostic(`${JSON.stringify(fit)}, ${unknown} off the roads`)
    within(fit?.n, 1_400, 1_600)
    within(unknown / drives.length, 0, 0.02)
    within(fit?.error_before_s_p50, 0, 60)
    within(fit?.error_s_p50, 0, 40)
    within(fit?.slope, 0.5, 1.2)
  })
})
