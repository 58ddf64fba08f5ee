import { createHash, randomBytes } from 'node:crypto'
import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { RoadFault } from './road-fault.ts'
import { type RoadClass, roadClasses, type Segment } from './segment.ts'

/**
 * The roads of an agency as one binary file, made once by `npm run streets -- import` and read at start:
 *
 *   8 bytes  TONEROAD
 *   2 uint32 version of the format and length of the header, little endian like all numbers
 *   32 bytes SHA-256 of all that follows
 *   header   JSON: what it was made of, and the columns with their type, place and length
 *   columns  each begins at a multiple of 8 bytes
 *
 * Every segment is there, for the map too. The core is the part in which every junction reaches every other
 * one: its junctions come first, and only its segments are driven.
 */
const magic = 'TONEROAD'
export const graphVersion = 1
const prefixBytes = 48
const headerLimit = 1_000_000
export const graphPath = (dataDir: string) => join(dataDir, 'streets.graph')

export type GraphAbout = {
  /** ISO 8601. */
  made_at: string
  /** Names of the files it was made of. */
  sources: string[]
  /** Whom the sources ask to be named; shown on maps. */
  attribution: string[]
  segments: number
  nodes: number
  core_segments: number
  core_nodes: number
}

/** Columns by segment unless another length is said. */
const columnTypes = {
  /** Longitude and latitude in turn, in 1e-7 degrees, of all lines one after the other. */
  points: Int32Array,
  /** segments + 1: number of the first point of each line. */
  pointStart: Uint32Array,
  /** Junction at the begin and at the end of the line. */
  from: Uint32Array,
  to: Uint32Array,
  /** Index into roadClasses. */
  kind: Uint8Array,
  /** 1: vehicles may go along the line, 2: against it, 3: both. */
  ways: Uint8Array,
  /** Posted km/h; 0 where none is known. */
  speed: Uint8Array,
  metres: Float32Array,
  /** 1 in the core. */
  core: Uint8Array,
  name: Uint32Array,
  /** The names it counts in UTF-8, one after the other, and where each begins (names + 1). */
  nameBytes: Uint8Array,
  nameStart: Uint32Array,
  /** The source's names of the segments in the same way (segments + 1). */
  idBytes: Uint8Array,
  idStart: Uint32Array,
  /** core_nodes + 1: where the arcs out of and into each junction begin. An arc is segment x 2 + against. */
  outStart: Uint32Array,
  outArc: Uint32Array,
  inStart: Uint32Array,
  inArc: Uint32Array,
} as const
type ColumnName = keyof typeof columnTypes
const columnNames = Object.keys(columnTypes) as ColumnName[]

export type GraphColumns = { [Name in ColumnName]: InstanceType<(typeof columnTypes)[Name]> }
export type Graph = GraphColumns & { about: GraphAbout }

/** What is wrong with a file of roads, in a sentence for people. */
export class GraphFault extends RoadFault {}

type Placed = { name: ColumnName; offset: number; length: number }
const upToEight = (bytes: number) => Math.ceil(bytes / 8) * 8

function place(graph: GraphColumns): { columns: Placed[]; bytes: number } {
  let bytes = 0
  const columns = columnNames.map((name) => {
    const offset = bytes
    bytes = upToEight(offset + graph[name].byteLength)
    return { name, offset, length: graph[name].length }
  })
  return { columns, bytes }
}

/** Writes all of it or nothing: readers see the old file or the new one. Gives the size in bytes. */
export function writeGraph(path: string, graph: Graph): number {
  const { columns, bytes } = place(graph)
  const json = Buffer.from(JSON.stringify({ about: graph.about, columns }))
  const header = Buffer.alloc(upToEight(json.length), ' ')
  json.copy(header)
  const body = Buffer.alloc(bytes)
  for (const { name, offset } of columns) {
    const { buffer, byteOffset, byteLength } = graph[name]
    body.set(new Uint8Array(buffer, byteOffset, byteLength), offset)
  }
  const prefix = Buffer.alloc(prefixBytes)
  prefix.write(magic, 'latin1')
  prefix.writeUInt32LE(graphVersion, 8)
  prefix.writeUInt32LE(header.length, 12)
  createHash('sha256').update(header).update(body).digest().copy(prefix, 16)
  const fresh = `${path}.${randomBytes(4).toString('hex')}`
  const file = openSync(fresh, 'wx', 0o644)
  try {
    for (const part of [prefix, header, body]) writeAll(file, part)
    fsyncSync(file)
    renameSync(fresh, path)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw error
  } finally {
    closeSync(file)
  }
  return prefix.length + header.length + body.length
}

function writeAll(file: number, part: Uint8Array): void {
  for (let at = 0; at < part.length; ) at += writeSync(file, part, at, Math.min(part.length - at, 1 << 28))
}

function readAll(path: string): Uint8Array {
  const file = openSync(path, 'r')
  try {
    const bytes = new Uint8Array(fstatSync(file).size)
    for (let at = 0; at < bytes.length; ) {
      const read = readSync(file, bytes, at, Math.min(bytes.length - at, 1 << 28), at)
      if (read === 0) throw new GraphFault(`${path} became shorter while it was read.`)
      at += read
    }
    return bytes
  } finally {
    closeSync(file)
  }
}

/**
 * Reads and checks the file; a GraphFault says what is wrong with it, ENOENT that there is none. Blocks for
 * as long as it reads: about 0.1 s for 100 MB.
 */
export function openGraph(path: string): Graph {
  const bytes = readAll(path)
  const prefix = Buffer.from(bytes.buffer, 0, Math.min(prefixBytes, bytes.length))
  if (prefix.length < prefixBytes || prefix.toString('latin1', 0, 8) !== magic) {
    throw new GraphFault(`${path} is no file of roads.`)
  }
  const version = prefix.readUInt32LE(8)
  if (version !== graphVersion) {
    throw new GraphFault(
      `${path} has format ${version}; this version reads ${graphVersion}. Import the roads again.`,
    )
  }
  const headerBytes = prefix.readUInt32LE(12)
  const sum = createHash('sha256').update(bytes.subarray(prefixBytes)).digest()
  if (headerBytes > headerLimit || !sum.equals(prefix.subarray(16, prefixBytes))) {
    throw new GraphFault(`${path} is damaged: its checksum is wrong. Import the roads again.`)
  }
  const json = Buffer.from(bytes.buffer, prefixBytes, headerBytes).toString()
  const { about, columns } = JSON.parse(json) as { about: GraphAbout; columns: Placed[] }
  const start = prefixBytes + headerBytes
  const view = ({ name, offset, length }: Placed) => [
    name,
    new columnTypes[name](bytes.buffer as ArrayBuffer, start + offset, length),
  ]
  return { about, ...(Object.fromEntries(columns.map(view)) as GraphColumns) }
}

const decoder = new TextDecoder()
const text = (bytes: Uint8Array, starts: Uint32Array, at: number) =>
  decoder.decode(bytes.subarray(starts[at], starts[at + 1]))

/** Name of the street of a segment; empty when it has none. */
export const nameOf = (graph: Graph, segment: number): string =>
  text(graph.nameBytes, graph.nameStart, graph.name[segment] as number)
/** The source's name of a segment. */
export const idOf = (graph: Graph, segment: number): string => text(graph.idBytes, graph.idStart, segment)
export const classOf = (graph: Graph, segment: number): RoadClass =>
  roadClasses[graph.kind[segment] as number] as RoadClass

/** [longitude, latitude] in degrees along the segment. */
export function lineOf({ points, pointStart }: Graph, segment: number): [number, number][] {
  const line: [number, number][] = []
  for (let at = pointStart[segment] as number; at < (pointStart[segment + 1] as number); at += 1) {
    line.push([(points[at * 2] as number) / 1e7, (points[at * 2 + 1] as number) / 1e7])
  }
  return line
}

export type Street = Pick<Segment, 'id' | 'name' | 'class' | 'line'>

/** Every segment of the graph, one after the other: what a map draws. */
export function* readStreets(graph: Graph): Generator<Street> {
  for (let at = 0; at < graph.about.segments; at += 1) {
    yield { id: idOf(graph, at), name: nameOf(graph, at), class: classOf(graph, at), line: lineOf(graph, at) }
  }
}
