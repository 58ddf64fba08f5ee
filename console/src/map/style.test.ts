import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type BaseMap, type MapSource, tileSchemas } from '@toneout/contract/model/base-map.ts'
import { emptyCentre } from '../live/centre.ts'
import type { Colours } from './colours.ts'
import { takeSnapshot } from './snapshot.ts'
import { buildStyle, markNames } from './style.ts'

const colours = new Proxy({}, { get: () => '#123456' }) as Colours
const nothing = { hospitals: [], stations: [], incident: null, recommended: new Set<number>(), route: null }
const snapshot = takeSnapshot({ centre: emptyCentre, where: () => undefined, heard: 0, now: 0, ...nothing })

const vector: MapSource = {
  ...{ kind: 'vector', url: '/api/map/tiles/{z}/{x}/{y}/', tile_schema: 'streets', layers: [] },
  ...{ min_zoom: 0, max_zoom: 14, bounds: null, attribution: '' },
}
const style = (source: MapSource | null, more: Partial<BaseMap> = {}) =>
  buildStyle({
    base: { level: 'NONE', source, areas_url: null, note: null, ...more },
    ...{ outside: null, colours, snapshot, origin: 'https://a.example' },
  })

describe('the style of the map', () => {
  for (const tile_schema of tileSchemas) {
    it(`has each layer once, of a source that is there, for ${tile_schema}`, () => {
      const { layers, sources } = style({ ...vector, tile_schema }, { areas_url: '/areas' })
      assert.equal(new Set(layers.map(({ id }) => id)).size, layers.length)
      for (const layer of layers) {
        if ('source' in layer) assert.ok(Object.hasOwn(sources, layer.source as string), layer.id)
      }
    })
  }

  it('has the marks on top, names over the way, and the way over the streets', () => {
    const ids = style(vector).layers.map(({ id }) => id)
    assert.deepEqual(ids.slice(-markNames.length), [...markNames])
    const [way, name] = [ids.indexOf('route-line'), ids.findIndex((id) => id.endsWith('-names'))]
    const street = ids.findIndex((id) => id.endsWith('roads-major-line'))
    assert.ok(street >= 0 && street < way && way < name, ids.join(' '))
  })

  it('asks this server by its whole address, and others by theirs', () => {
    const tiles = (source: MapSource) => (style(source).sources.base as { tiles: string[] }).tiles[0]
    assert.equal(tiles(vector), 'https://a.example/api/map/tiles/{z}/{x}/{y}/')
    const url = 'https://b.example/{z}/{x}/{y}.png'
    assert.equal(tiles({ ...vector, kind: 'raster', url }), url)
  })

  it('fetches no font', () => assert.equal('glyphs' in style(vector), false))
})
