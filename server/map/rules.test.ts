import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { joinLines, type Line } from './lines.ts'
import { isTile, outsideOrigins, readTilesSetting, schemaOf } from './rules.ts'

describe('what MAP_TILES says', () => {
  for (const [text, kind, origins] of [
    ['/maps/town.mbtiles', 'mbtiles', []],
    ['town.PMTiles', 'pmtiles', []],
    ['https://t.example.org/{z}/{x}/{y}.pbf', 'template', ['https://t.example.org']],
    ['https://t.example.org:8443/style.json', 'style', ['https://t.example.org:8443']],
    ['http://10.0.0.5/a/{z}/{y}/{x}', 'template', ['http://10.0.0.5']],
    ['town.osm', undefined, []],
    ['https://', undefined, []],
  ] as const) {
    it(`${text} -> ${kind}`, () => {
      assert.equal(readTilesSetting(text)?.kind, kind)
      assert.deepEqual(outsideOrigins(text), origins)
    })
  }
})

describe('whose tiles they are', () => {
  for (const [layers, schema] of [
    [['water', 'transportation', 'place'], 'openmaptiles'],
    [['earth', 'roads', 'water'], 'protomaps'],
    [['streets', 'water_polygons'], 'shortbread'],
    [['roads'], 'unknown'],
    [[], 'unknown'],
  ] as const) {
    it(`${layers.join(', ') || 'none'} -> ${schema}`, () => assert.equal(schemaOf(layers), schema))
  }
})

describe('tiles that there are', () => {
  for (const [z, x, y, is] of [
    [0, 0, 0, true],
    [0, 1, 0, false],
    [3, 7, 7, true],
    [3, 7, 8, false],
    [23, 0, 0, false],
  ] as const) {
    it(`${z}/${x}/${y} -> ${is}`, () => assert.equal(isTile({ z, x, y }), is))
  }
})

describe('lines that go on in each other', () => {
  const cases: [string, Line[], Line[]][] = [
    [
      'are one',
      [
        [
          [0, 0],
          [1, 0],
        ],
        [
          [2, 0],
          [1, 0],
        ],
      ],
      [
        [
          [2, 0],
          [1, 0],
          [0, 0],
        ],
      ],
    ],
    [
      'stay apart at a sharp bend',
      [
        [
          [0, 0],
          [1, 0],
        ],
        [
          [1, 0],
          [1, 1],
        ],
      ],
      [
        [
          [1, 0],
          [0, 0],
        ],
        [
          [1, 1],
          [1, 0],
        ],
      ],
    ],
    [
      'take the straightest way at a fork',
      [
        [
          [0, 0],
          [1, 0],
        ],
        [
          [1, 0],
          [2, 1],
        ],
        [
          [1, 0],
          [2, 0],
        ],
      ],
      [
        [
          [2, 0],
          [1, 0],
          [0, 0],
        ],
        [
          [2, 1],
          [1, 0],
        ],
      ],
    ],
  ]
  for (const [does, lines, joined] of cases) it(does, () => assert.deepEqual(joinLines(lines), joined))
})
