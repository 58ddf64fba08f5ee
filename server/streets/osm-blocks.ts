import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import { inflateSync } from 'node:zlib'
import { parse } from 'osm-pbf-parser-node'
import { readTags, type Tags } from './osm-tags.ts'
import { RoadFileFault } from './road-item.ts'

export type OsmNode = { type: 'node'; id: number; lat: number; lon: number; tags?: Tags }
export type OsmWay = { type: 'way'; id: number; refs: number[]; tags?: Tags }
export type OsmThing = OsmNode | OsmWay | { type: 'relation' }

/** Limits of the format (OSM wiki, PBF Format): bytes of a header, and of a blob packed and unpacked. */
const headerLimit = 64 * 1024
const blobLimit = 32 * 1024 * 1024

type Field = { number: number; value: number; bytes: Uint8Array | undefined }

/** The fields of a small protobuf message: whole numbers and bytes, which is all that a frame is made of. */
function readFields(message: Uint8Array): Field[] {
  const fields: Field[] = []
  let at = 0
  const varint = () => {
    let value = 0
    for (let shift = 0; shift < 56; shift += 7) {
      const byte = message[at]
      if (byte === undefined) break
      at += 1
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    throw new Error('a number is cut off')
  }
  while (at < message.length) {
    const key = varint()
    if ((key & 7) === 0) fields.push({ number: key >>> 3, value: varint(), bytes: undefined })
    else if ((key & 7) === 2) {
      const length = varint()
      if (at + length > message.length) throw new Error('a field is cut off')
      fields.push({ number: key >>> 3, value: 0, bytes: message.subarray(at, at + length) })
      at += length
    } else throw new Error('a field of an unknown type')
  }
  return fields
}

function readFrame(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  for (let read = 0; read < length; ) {
    const got = readSync(file, bytes, read, length - read, at + read)
    if (got === 0) throw new Error('the file ends within a block')
    read += got
  }
  return bytes
}

/** The packed data of each block of data, one after the other. */
function* blocks(file: number): Generator<Uint8Array> {
  const { size } = fstatSync(file)
  for (let at = 0; at < size; ) {
    const headerLength = readFrame(file, at, 4).readUInt32BE()
    if (headerLength > headerLimit) throw new Error('the header of a block is too long')
    const header = readFields(readFrame(file, at + 4, headerLength))
    const kind = Buffer.from(header.find(({ number }) => number === 1)?.bytes ?? []).toString()
    const length = header.find(({ number }) => number === 3)?.value ?? 0
    if (length > blobLimit) throw new Error('a block is too long')
    at += 4 + headerLength
    if (kind === 'OSMData') yield readFrame(file, at, length)
    else if (kind !== 'OSMHeader') throw new Error('it is no .osm.pbf')
    at += length
  }
}

function unpack(blob: Uint8Array): Buffer {
  const fields = readFields(blob)
  const packed = fields.find(({ number }) => number === 3)?.bytes
  if (packed) return inflateSync(packed, { maxOutputLength: blobLimit })
  const raw = fields.find(({ number }) => number === 1)?.bytes
  if (raw) return Buffer.from(raw)
  throw new Error('a block is packed in a way that is not known; zlib is')
}

/** What is in an .osm.pbf, a block at a time, in the order of the file. */
export function* readOsmBlocks(path: string): Generator<readonly OsmThing[]> {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    throw new RoadFileFault(`${path} cannot be opened (${(error as { code?: string }).code}).`)
  }
  let block = 0
  // The parser reads these where its types want the options around them.
  const wanted = { node: readTags, way: readTags, relation: false } as unknown as Parameters<typeof parse>[1]
  const open = blocks(file)
  try {
    for (;;) {
      let things: readonly OsmThing[]
      try {
        const next = open.next()
        if (next.done) break
        block += 1
        things = parse(unpack(next.value), wanted) as OsmThing[]
      } catch (error) {
        const why = (error as Error).message
        throw new RoadFileFault(`${basename(path)}, block ${block}: cannot be read: ${why}.`)
      }
      yield things
    }
  } finally {
    closeSync(file)
  }
  if (block === 0) throw new RoadFileFault(`${basename(path)} has no data in it.`)
}
