import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { graphOf, pointAt, street, type Town } from '../test/support/roads.ts'
import { StreetsFault } from './build-graph.ts'
import { GraphFault, graphPath, graphVersion, openGraph, readStreets, writeGraph } from './graph-file.ts'

const town: Town = { A: [0, 0], B: [1, 0], C: [1, 1], X: [9, 9], Y: [9, 8] }
const streets = [
  street(town, 'A', 'B', { name: 'Überfahrt', class: 'trunk', speed_kmh: 300 }),
  street(town, 'B', 'C', {
    name: '',
    class: 'track',
    line: [pointAt([1, 0]), pointAt([2, 0]), pointAt([1, 1])],
  }),
  street(town, 'C', 'A', { name: 'Überfahrt', oneway: 'backward' }),
  street(town, 'X', 'Y'),
]
let folder: string
let path: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'toneout-streets-'))
  path = graphPath(folder)
})
after(() => rmSync(folder, { recursive: true, force: true }))

test('what is read is what was written, and nothing else is left in the folder', () => {
  const graph = graphOf(streets)
  assert.equal(writeGraph(path, graph), readFileSync(path).length)
  assert.deepEqual(readdirSync(folder), ['streets.graph'])
  const read = openGraph(path)
  assert.deepEqual(read, graph)
  assert.deepEqual(read.about, {
    ...{ made_at: '2026-11-21T07:00:00.000Z', sources: ['made'], attribution: ['us'] },
    ...{ segments: 4, nodes: 5, core_segments: 3, core_nodes: 3 },
  })
  const shown = [...readStreets(read)]
  assert.deepEqual(
    shown.map((one) => [one.id, one.name, one.class]),
    [
      ['AB', 'Überfahrt', 'trunk'],
      ['BC', '', 'track'],
      ['CA', 'Überfahrt', 'motorway'],
      ['XY', 'XY Street', 'motorway'],
    ],
  )
  for (const [at, { line }] of shown.entries()) {
    for (const [point, [x, y]] of line.entries()) {
      const [wantedX, wantedY] = streets[at]!.line[point]!
      assert.ok(Math.abs(x - wantedX) < 1e-7 && Math.abs(y - wantedY) < 1e-7)
    }
  }
  assert.equal(shown[1]?.line.length, 3)
})

test('no street at all is told', () => {
  assert.throws(() => graphOf([]), new StreetsFault('There is no street in the files.'))
})

describe('a file that is not right', () => {
  const write = (value: number, at: number) => (file: Buffer) => {
    file.writeUInt32LE(value, at)
    return file
  }
  const turnBit = (file: Buffer) => {
    const at = file.length - 20
    file.writeUInt8(file.readUInt8(at) ^ 1, at)
    return file
  }
  const cases: [name: string, spoil: (file: Buffer) => Buffer, problem: RegExp][] = [
    ['empty', () => Buffer.alloc(0), /is no file of roads/],
    ['of something else', () => Buffer.from('PK\u0003\u0004'.repeat(100)), /is no file of roads/],
    ['of another version', write(graphVersion + 1, 8), /has format 2; this version reads 1/],
    ['cut off', (file) => file.subarray(0, file.length - 9), /is damaged/],
    ['cut off in its header', (file) => file.subarray(0, 60), /is damaged/],
    ['with one bit turned', turnBit, /is damaged/],
    ['with a header that is too long', write(0x7fff_ffff, 12), /is damaged/],
  ]
  for (const [name, spoil, problem] of cases) {
    test(name, () => {
      writeGraph(path, graphOf(streets))
      writeFileSync(path, spoil(readFileSync(path)))
      assert.throws(
        () => openGraph(path),
        (error) => error instanceof GraphFault && problem.test(error.message),
      )
    })
  }
  test('not there', () => {
    assert.throws(() => openGraph(join(folder, 'none')), { code: 'ENOENT' })
  })
})
