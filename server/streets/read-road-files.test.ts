import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { findRoadSources } from './read-road-files.ts'
import { RoadFileFault, type RoadItem } from './road-item.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'toneout-roads-'))
})
after(() => rmSync(folder, { recursive: true, force: true }))

type Files = Readonly<Record<string, string | Buffer>>
async function readAll(files: Files): Promise<RoadItem[]> {
  const paths = Object.entries(files).map(([name, text]) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  })
  const items: RoadItem[] = []
  for (const source of findRoadSources(paths)) for await (const one of source.read()) items.push(one)
  return items
}
const refused = (files: Files, problem: RegExp) =>
  assert.rejects(readAll(files), (error) => error instanceof RoadFileFault && problem.test(error.message))

const segment = {
  ...{ id: 's1', name: 'Harbour Street', class: 'primary', oneway: 'forward', speed_kmh: 50 },
  ...{
    line: [
      [1, 2],
      [1.001, 2],
    ],
    from_node: 'a',
    to_node: 'b',
    left: { from: 1, to: 9 },
    area: 'Port',
  },
}
const place = { place: { name: 'St Mary', kind: 'hospital', at: [1, 2] } }

describe('our own format', () => {
  const lines = [segment, place].map((one) => JSON.stringify(one))
  const cases: [string, Files][] = [
    ['plain', { 'a.streets.ndjson': lines.join('\n') }],
    [
      'packed, with empty lines and an end of line',
      { 'a.streets.ndjson.gz': gzipSync(`\n${lines.join('\r\n\n')}\n`) },
    ],
  ]
  for (const [name, files] of cases) {
    test(name, async () => {
      assert.deepEqual(await readAll(files), [{ segment }, place])
    })
  }
  const faults: [name: string, line: string, problem: RegExp][] = [
    ['no JSON', '{"id":', /b\.streets\.ndjson, line 2: not JSON/],
    ['a number', '7', /line 2: the line: /],
    ['a class that is none', JSON.stringify({ ...segment, class: 'canal' }), /line 2: class: /],
    ['a field that is none', JSON.stringify({ ...segment, colour: 1 }), /line 2: .*colour/],
    ['one point', JSON.stringify({ ...segment, line: [[1, 2]] }), /line 2: a line has fewer than two points/],
    [
      'not on the earth',
      JSON.stringify({
        ...segment,
        line: [
          [1, 2],
          [1, 91],
        ],
      }),
      /line 2: a point is not on/,
    ],
    [
      'a leap',
      JSON.stringify({
        ...segment,
        line: [
          [1, 2],
          [3, 2],
        ],
      }),
      /more than a degree apart/,
    ],
    ['a line without end', `"${'x'.repeat(1_100_000)}`, /line 2: (the line is too long|not JSON)/],
  ]
  for (const [name, line, problem] of faults) {
    test(`refused: ${name}`, () => refused({ 'b.streets.ndjson': `${lines[0]}\n${line}` }, problem))
  }
  test('refused: not packed although its name says so, not UTF-8, not there', async () => {
    await refused({ 'c.streets.ndjson.gz': 'plain' }, /c\.streets\.ndjson\.gz cannot be read/)
    await refused({ 'c.streets.ndjson': Buffer.from([0xff, 0xfe, 0x41]) }, /not text in UTF-8/)
    const gone = findRoadSources([join(folder, 'gone.streets.ndjson')])[0]?.read() as AsyncGenerator
    await assert.rejects(gone.next(), /There is no file/)
  })
})

describe("San Francisco's tables", () => {
  const speeds = 'sf-street-segments-speed.csv'
  const streets = 'sf-streets-and-intersections.csv'
  const speedHead = 'CNN,STREET,ST_TYPE,FROM_ST,TO_ST,SPEEDLIMIT,SCHOOLZONE,SCHOOLZONE_LIMIT,shape'
  const streetHead = 'CNN,streetname,from_st,to_st,LF_FADD,RT_FADD,LF_TADD,RT_TADD,FROM_CNN,TO_CNN'
  const line = (points: string) => `"MULTILINESTRING ((${points}))"`
  const read = (speedRows: string[], streetRows: string[]) =>
    readAll({
      [speeds]: [speedHead, ...speedRows].join('\r\n'),
      [`${streets}.gz`]: gzipSync([streetHead, ...streetRows].join('\n')),
    })

  test('joined by CNN: names, numbers, junctions; 0 is 25 mph and 99 none', async () => {
    const items = await read(
      [
        `10,03RD,ST,A,B,0,,,${line('-122.4 37.7, -122.401 37.7')}`,
        `11,I-80,,A,B,99,,,${line('-122.401 37.7, -122.402 37.7')}`,
        `12,BAY,ST,A,B,35,,,${line('-122.402 37.7, -122.4 37.7')}`,
        `0,,,,,15,YES,,${line('-122.4 37.7, -122.5 37.7')}`,
      ],
      [
        '10,03RD ST,A,B,1,2,99,98,n1,n2',
        '11,I-80,A,B,0,0,0,0,n2,n3',
        'n1,03RD ST,A \\ B,,,,,,,',
        '13,"GEARY, OLD",A,B,,,,,n1,n3',
        '14,FAR ST,A,B,1,2,3,4,n1,n9',
      ],
    )
    const shown = items.map(({ segment: one }) => [
      ...[one?.id, one?.name, one?.class, one?.speed_kmh?.toFixed(1), one?.from_node, one?.to_node],
      ...[one?.left, one?.right],
    ])
    assert.deepEqual(shown, [
      ['10', '3rd St', 'residential', '40.2', 'n1', 'n2', { from: 1, to: 99 }, { from: 2, to: 98 }],
      ['11', 'I-80', 'motorway', undefined, 'n2', 'n3', undefined, undefined],
      ['12', 'Bay St', 'secondary', '56.3', 'n3', 'n1', undefined, undefined],
      ['13', 'Geary, Old', 'residential', '40.2', 'n1', 'n3', undefined, undefined],
    ])
    assert.deepEqual(items[3]?.segment?.line, [
      [-122.4, 37.7],
      [-122.402, 37.7],
    ])
  })
  test('a street in pieces is put end to end along its first; a zone drawn first gives way', async () => {
    const items = await read(
      [
        `20,PARK,DR,A,B,30,YES,,${line('-122.5 37.6, -122.6 37.6')}`,
        `20,PARK,DR,A,B,30,,,${line('-122.40 37.7, -122.41 37.7')}`,
        `20,PARK,DR,A,B,,,,${line('-122.44 37.7, -122.43 37.7')}`,
        `20,PARK,DR,A,B,40,,,${line('-122.41 37.7, -122.43 37.7')}`,
      ],
      ['20,PARK DR,A,B,0,0,0,0,n1,n2'],
    )
    const [{ segment } = {}] = items
    assert.deepEqual(
      segment?.line.map(([x]) => x),
      [-122.4, -122.41, -122.43, -122.44],
    )
    assert.deepEqual([items.length, segment?.from_node, segment?.to_node], [1, 'n1', 'n2'])
  })
  test('refused, with the line', async () => {
    const good = `10,03RD,ST,A,B,0,,,${line('-122.4 37.7, -122.401 37.7')}`
    await assert.rejects(
      read([good, `11,A,ST,,,0,,,POINT (1 2)`], []),
      /speed\.csv, line 3: shape is no line/,
    )
    await assert.rejects(read([good, `11,A,ST,,,0,,,${line('1 2, x 3')}`], []), /line 3: a point is not on/)
    await assert.rejects(read([good, '11,A,ST'], []), /line 3: 3 fields, expected 9/)
    await assert.rejects(read([`${good}\n"open`], []), /line \d: is not CSV/)
    await assert.rejects(read([good], ['1,2']), /intersections\.csv\.gz, line 2: 2 fields/)
    await refused({ [speeds]: 'a,b\n', [streets]: streetHead }, /speed\.csv has no column CNN, STREET/)
    await refused({ [speeds]: '', [streets]: streetHead }, /speed\.csv is empty/)
    await refused({ [speeds]: speedHead }, /read as a pair; one is missing/)
  })
})

test('other files are refused by name', async () => {
  await refused({ 'city.zip': 'x' }, /city\.zip is not understood/)
  assert.throws(() => findRoadSources([]), /No file was named/)
})

describe('an .osm.pbf that is none', () => {
  const cases: [string, Buffer, RegExp][] = [
    ['empty', Buffer.alloc(0), /has no data in it/],
    ['text', Buffer.from('<osm version="0.6"></osm>'), /the header of a block is too long/],
    ['cut off', Buffer.from([0, 0, 0, 13, 10, 7]), /the file ends within a block/],
    ['of zeros', Buffer.alloc(64), /no \.osm\.pbf/],
  ]
  for (const [name, bytes, problem] of cases) {
    test(name, () => refused({ 'x.osm.pbf': bytes }, problem))
  }
})
