import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Config } from '../config.ts'
import { signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import { gridSegments, writeTown } from '../test/support/road-town.ts'
import { startTestServer } from '../test/support/test-server.ts'
import { areasPath } from './areas.ts'
import { cutStreets } from './cut-streets.ts'
import { streetFeatures } from './features.ts'
import { writeMbtiles, writePmtiles } from './tiles.fixture.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(process.env.TMPDIR ?? '/tmp', 'toneout-map-'))
})
after(() => rmSync(folder, { recursive: true, force: true }))

/** A server with a data folder of its own, asked by a dispatcher. */
async function withServer(
  config: Partial<Config>,
  work: (ask: Ask, baseUrl: string, dataDir: string) => Promise<void>,
) {
  const dataDir = mkdtempSync(join(folder, 'data-'))
  const server = await startTestServer({ config: { dataDir, ...config } })
  try {
    await work((await signIn(server, 'ann', 'dispatcher')).ask, server.baseUrl, dataDir)
  } finally {
    await server.close()
  }
}

const bytesOf = async (ask: Ask, path: string) => (await ask('GET', path)).status

describe('without tiles', () => {
  test('a centre with nothing is told that nothing is configured', () =>
    withServer({}, async (ask) => {
      const { body } = await ask('GET', '/api/map/')
      assert.deepEqual(body, {
        level: 'NONE',
        source: null,
        areas_url: null,
        note: 'No base map is configured.',
      })
      const paths = ['streets/', 'streets/12/655/1583/', 'tiles/0/0/0/', 'areas/']
      for (const path of paths) assert.equal(await bytesOf(ask, `/api/map/${path}`), 404, path)
    }))

  test('few streets come as one document, with an ETag, and anew when the roads change', () =>
    withServer({}, async (ask, _, dataDir) => {
      writeTown(dataDir, 5)
      const { body } = await ask('GET', '/api/map/')
      assert.deepEqual([body.level, body.source.kind, body.note], ['STREETS', 'geojson', null])
      assert.equal(body.source.attribution, 'The Surveyors of the Grid')
      const got = await ask('GET', body.source.url)
      assert.equal(got.headers.get('content-type'), 'application/geo+json')
      const { features } = JSON.parse(got.body)
      assert.equal(features.length, 10, 'blocks of one street are joined')
      const main = features.filter(
        (one: { properties: { class: string } }) => one.properties.class === 'primary',
      )
      assert.deepEqual(main.map((one: { properties: { name: string } }) => one.properties.name).sort(), [
        'Avenue 3',
        'Street 3',
      ])
      assert.equal(features[0].geometry.coordinates.length, 5)
      const etag = String(got.headers.get('etag'))
      const again = await ask('GET', body.source.url, undefined, { 'if-none-match': etag })
      assert.deepEqual([again.status, again.body], [304, ''])

      writeTown(dataDir, 6, '2026-11-22T00:00:00.000Z')
      const later = (await ask('GET', '/api/map/')).body
      assert.notEqual(later.source.url, body.source.url)
      assert.equal(JSON.parse((await ask('GET', later.source.url)).body).features.length, 12)
    }))

  test('a file of roads that is damaged leaves the map without streets, and the server up', () =>
    withServer({}, async (ask, _, dataDir) => {
      writeFileSync(join(dataDir, 'streets.graph'), 'no roads')
      const { status, body } = await ask('GET', '/api/map/')
      assert.deepEqual([status, body.level], [200, 'NONE'])
    }))

  test('water and parks of the data folder are served with them', () =>
    withServer({}, async (ask, _, dataDir) => {
      writeFileSync(areasPath(dataDir), '{"type":"FeatureCollection","features":[]}')
      const { areas_url } = (await ask('GET', '/api/map/')).body
      assert.match(areas_url, /^\/api\/map\/areas\/\?v=[0-9a-f]{16}$/)
      const got = await ask('GET', areas_url)
      assert.deepEqual([got.status, JSON.parse(got.body).features], [200, []])
      writeFileSync(areasPath(dataDir), '[]')
      assert.equal((await ask('GET', '/api/map/')).body.areas_url, null)
    }))

  test('strangers see no map', () =>
    withServer({}, async (_, baseUrl) => {
      assert.equal((await fetch(`${baseUrl}/api/map/`)).status, 401)
    }))
})

describe('many streets', () => {
  test('are cut into tiles by a thread of its own', { timeout: 120_000 }, () =>
    withServer({}, async (ask, _, dataDir) => {
      // 101 x 101 junctions: 20,200 blocks, more than one document takes.
      writeTown(dataDir, 101)
      const { body } = await ask('GET', '/api/map/')
      assert.deepEqual([body.source.kind, body.source.tile_schema], ['vector', 'streets'])
      const tile = body.source.url.replace('{z}', '13').replace('{x}', '1310').replace('{y}', '3166')
      const got = await ask('GET', tile)
      assert.equal(got.headers.get('content-type'), 'application/vnd.mapbox-vector-tile')
      assert.match(String(got.body), /roads[\s\S]*Avenue/)
      const far = body.source.url.replace('{z}', '13').replace('{x}', '1').replace('{y}', '1')
      assert.equal(await bytesOf(ask, far), 204)
      assert.equal(await bytesOf(ask, '/api/map/streets/3/99/0/'), 404)
      assert.equal(await bytesOf(ask, '/api/map/streets/x/0/0/'), 400)
      assert.equal(await bytesOf(ask, '/api/map/streets/'), 404)
    }),
  )

  test('of small classes are left out from afar', () => {
    const streets = gridSegments(9)
    const cut = cutStreets(streetFeatures(streets).collection)
    const [near, far] = [cut(14, 2620, 6333), cut(8, 40, 98)]
    const text = (tile: Uint8Array | null) => Buffer.from(tile ?? []).toString('latin1')
    assert.match(text(near), /residential/)
    assert.match(text(far), /primary/)
    assert.doesNotMatch(text(far), /residential/)
  })
})

describe('with tiles', () => {
  const vectorTile = Buffer.from('a vector tile, as far as this server knows')
  const cases: [string, (path: string) => Promise<void> | void][] = [
    ['town.mbtiles', (path) => writeMbtiles(path, gzipSync(vectorTile))],
    ['town.pmtiles', (path) => writePmtiles(path, gzipSync(vectorTile))],
  ]
  for (const [name, write] of cases) {
    test(`of ${name}`, async () => {
      const path = join(folder, name)
      await write(path)
      await withServer({ mapTiles: path }, async (ask, _, dataDir) => {
        writeTown(dataDir, 3)
        const { level, source } = (await ask('GET', '/api/map/')).body
        assert.equal(level, 'TILES')
        const { kind, tile_schema, attribution, min_zoom, max_zoom, bounds } = source
        assert.deepEqual([kind, tile_schema], ['vector', 'openmaptiles'])
        assert.deepEqual([attribution, min_zoom, max_zoom], ['The Makers', 3, 3])
        assert.deepEqual(bounds, [-10, -20, 30, 40])
        const got = await ask('GET', source.url.replace('{z}', '3').replace('{x}', '4').replace('{y}', '2'))
        assert.deepEqual([got.status, got.body], [200, vectorTile.toString()])
        assert.equal(await bytesOf(ask, '/api/map/tiles/3/0/0/'), 204)
        assert.equal(await bytesOf(ask, '/api/map/tiles/4/0/0/'), 404)
        assert.equal(await bytesOf(ask, '/api/map/tiles/3/8/0/'), 404)
      })
    })
  }

  test('of a file that is not there, the streets are drawn and the reason is told', () =>
    withServer({ mapTiles: '/no/such.mbtiles' }, async (ask, _, dataDir) => {
      writeTown(dataDir, 3)
      const { level, note } = (await ask('GET', '/api/map/')).body
      assert.deepEqual([level, note], ['STREETS', 'The tiles of MAP_TILES cannot be read.'])
    }))

  test('from elsewhere, addresses are handed on with whom to name', () =>
    withServer(
      { mapTiles: 'https://tiles.example.org/{z}/{x}/{y}.png', mapAttribution: 'Example' },
      async (ask) => {
        const { source } = (await ask('GET', '/api/map/')).body
        assert.deepEqual([source.kind, source.attribution], ['raster', 'Example'])
        assert.equal(source.url, 'https://tiles.example.org/{z}/{x}/{y}.png')
      },
    ))
})
