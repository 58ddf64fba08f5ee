import { basename } from 'node:path'
import { CsvFault, type CsvRow, readCsvRows } from '../lib/csv-rows.ts'
import { lineFault, RoadFileFault, type RoadItem, readText } from './road-item.ts'
import type { NumberRange, RoadClass, Segment } from './segment.ts'

const geometryColumns = ['CNN', 'STREET', 'ST_TYPE', 'SPEEDLIMIT', 'SCHOOLZONE', 'shape']
const streetColumns = [
  ...['CNN', 'streetname', 'from_st', 'to_st', 'FROM_CNN', 'TO_CNN'],
  ...['LF_FADD', 'LF_TADD', 'RT_FADD', 'RT_TADD'],
]
/** Rows of a city, many times over. */
const rowLimit = 500_000

type Street = Readonly<Record<(typeof streetColumns)[number], string>>
type Point = readonly [number, number]

async function* rowsOf(path: string, needed: readonly string[]): AsyncGenerator<CsvRow> {
  let count = 0
  try {
    for await (const row of readCsvRows(basename(path), readText(path), needed)) {
      count += 1
      if (count > rowLimit) throw new RoadFileFault(`${basename(path)} has more than ${rowLimit} rows.`)
      yield row
    }
  } catch (error) {
    throw error instanceof CsvFault ? new RoadFileFault(error.message) : error
  }
}

/** "03RD ST" as people write it: "3rd St". Letters and digits stay together, as in "I-80". */
function nameOf(upper: string): string {
  const words = upper.trim().replace(/\b0+(?=\d)/g, '')
  return words.toLowerCase().replace(/(^|[\s-])(\p{L})/gu, (all) => all.toUpperCase())
}

/** Each part of a well-known text of lines, or a fault. */
function linesOf(shape: string, where: string): Point[][] {
  const found = /^\s*(?:MULTI)?LINESTRING\s*\((.*)\)\s*$/s.exec(shape)
  if (!found) throw new RoadFileFault(`${where}: shape is no line.`)
  return (found[1] as string).split(/\)\s*,\s*\(/).map((part) => {
    const points = part.replace(/[()]/g, '').split(',')
    const line = points.map((one): Point => {
      const [x, y] = one.trim().split(/\s+/)
      return [Number(x || Number.NaN), Number(y || Number.NaN)]
    })
    const fault = lineFault(line)
    if (fault) throw new RoadFileFault(`${where}: ${fault}.`)
    return line
  })
}

/** By the posted miles an hour: 0 is not posted, where 25 holds; 99 is none, as on ramps and freeways. */
function speedOf(posted: string): number | undefined {
  const mph = Number(posted || '0') || 25
  return mph === 99 ? undefined : mph * 1.609344
}

/** The table names no class, so it follows from the posted speed and the name. */
function classOf(posted: string, name: string): RoadClass {
  const mph = Number(posted || '0')
  if (/\bRAMP\b|^(I-|HWY|HWT)/.test(name)) return mph === 99 && !/RAMP/.test(name) ? 'motorway' : 'trunk'
  if (/\b(STPS|STWY|WALK|PATH)\b/.test(name)) return 'track'
  if (mph >= 45) return 'primary'
  if (mph >= 35) return 'secondary'
  return mph >= 30 ? 'tertiary' : 'residential'
}

function range(from: string | undefined, to: string | undefined): NumberRange | undefined {
  const [first, last] = [Number(from || '0'), Number(to || '0')]
  const isRange = Number.isInteger(first) && Number.isInteger(last) && first + last > 0
  return isRange ? { from: first, to: last } : undefined
}

/** Junctions by name; where a segment names none, by the place other segments have their ends at. */
function createJunctions() {
  const names = new Map<string, string>()
  const places = new Map<string, Point>()
  const key = ([x, y]: Point) => `${x.toFixed(5)} ${y.toFixed(5)}`
  return {
    learn(name: string, at: Point): void {
      if (!names.has(key(at))) names.set(key(at), name)
      if (!places.has(name)) places.set(name, at)
    },
    nameAt: (at: Point) => names.get(key(at)) ?? `at ${key(at)}`,
    placeOf: (name: string) => places.get(name),
  }
}

const apart = ([x, y]: Point, [u, v]: Point) => (x - u) ** 2 + (y - v) ** 2

/** A street in pieces, as where its speed changes, put end to end in the direction of the first. */
function chain([first = [], ...others]: readonly Point[][]): Point[] {
  let line = first
  const left = [...others]
  while (left.length > 0) {
    const [begin, end] = [line[0] as Point, line.at(-1) as Point]
    const ways = left.flatMap((piece, at) =>
      [piece, piece.toReversed()].flatMap((one) => [
        { at, gap: apart(end, one[0] as Point), whole: [...line, ...one] },
        { at, gap: apart(begin, one.at(-1) as Point), whole: [...one, ...line] },
      ]),
    )
    const best = ways.reduce((a, b) => (b.gap < a.gap ? b : a))
    line = best.whole
    left.splice(best.at, 1)
  }
  return line.filter((point, at) => at === 0 || apart(point, line[at - 1] as Point) > 0)
}

type Geometry = { id: string; pieces: Point[][]; posted: string; name: string; isZone: boolean }

async function readGeometry(path: string): Promise<Map<string, Geometry>> {
  const found = new Map<string, Geometry>()
  for await (const { line, fields } of rowsOf(path, geometryColumns)) {
    const id = (fields.CNN ?? '').trim()
    // Zones around schools are drawn over the streets they lie on.
    const isZone = fields.SCHOOLZONE !== ''
    if (id === '' || id === '0' || (isZone && found.has(id))) continue
    const name = `${fields.STREET} ${fields.ST_TYPE}`.trim()
    const pieces = linesOf(fields.shape ?? '', `${basename(path)}, line ${line}`)
    const before = found.get(id)
    const posted = isZone ? '0' : fields.SPEEDLIMIT || before?.posted || ''
    const known = before && !before.isZone ? before.pieces : []
    found.set(id, { id, pieces: [...known, ...pieces], posted, name, isZone })
  }
  return found
}

async function readStreets(path: string): Promise<Map<string, Street>> {
  const found = new Map<string, Street>()
  for await (const { fields } of rowsOf(path, streetColumns)) {
    if (fields.FROM_CNN !== '' && fields.TO_CNN !== '') found.set(fields.CNN as string, fields as Street)
  }
  return found
}

/**
 * San Francisco's tables of streets (DataSF): `sf-street-segments-speed` has lines and posted speeds,
 * `sf-streets-and-intersections` names, house numbers and junctions; joined by CNN. A street that only the
 * second has is a straight line between its junctions where these are known. The tables tell no one-ways.
 */
export async function* readSanFrancisco(geometryPath: string, streetsPath: string): AsyncGenerator<RoadItem> {
  const geometry = await readGeometry(geometryPath)
  const lines = new Map([...geometry].map(([id, { pieces }]) => [id, chain(pieces)]))
  const streets = await readStreets(streetsPath)
  const junctions = createJunctions()
  for (const [id, street] of streets) {
    const line = lines.get(id)
    if (!line) continue
    junctions.learn(street.FROM_CNN as string, line[0] as Point)
    junctions.learn(street.TO_CNN as string, line.at(-1) as Point)
  }
  for (const { id, posted, name } of geometry.values()) {
    const street = streets.get(id)
    const line = lines.get(id) as Point[]
    const segment: Segment = {
      id,
      name: nameOf(street?.streetname ?? name),
      class: classOf(posted, name),
      oneway: 'no',
      speed_kmh: speedOf(posted),
      line,
      from_node: street?.FROM_CNN || junctions.nameAt(line[0] as Point),
      to_node: street?.TO_CNN || junctions.nameAt(line.at(-1) as Point),
    }
    const left = range(street?.LF_FADD, street?.LF_TADD)
    const right = range(street?.RT_FADD, street?.RT_TADD)
    yield { segment: { ...segment, ...(left && { left }), ...(right && { right }) } }
  }
  for (const [id, street] of streets) {
    const [from, to] = [
      junctions.placeOf(street.FROM_CNN as string),
      junctions.placeOf(street.TO_CNN as string),
    ]
    if (geometry.has(id) || !from || !to) continue
    const left = range(street.LF_FADD, street.LF_TADD)
    const right = range(street.RT_FADD, street.RT_TADD)
    const segment: Segment = {
      id,
      name: nameOf(street.streetname as string),
      class: 'residential',
      oneway: 'no',
      speed_kmh: speedOf('0'),
      line: [from, to],
      from_node: street.FROM_CNN as string,
      to_node: street.TO_CNN as string,
    }
    yield { segment: { ...segment, ...(left && { left }), ...(right && { right }) } }
  }
}
