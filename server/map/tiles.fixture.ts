import { writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { gzipSync } from 'node:zlib'
import { zxyToTileId } from 'pmtiles'

/** Both archives hold one tile: zoom 3, column 4, row 2 from the north. */
const at = { z: 3, x: 4, y: 2 }
const told = { attribution: 'The Makers', vector_layers: [{ id: 'transportation' }, { id: 'water' }] }

export function writeMbtiles(path: string, tile: Uint8Array): void {
  const file = new DatabaseSync(path)
  file.exec('CREATE TABLE metadata (name text, value text)')
  file.exec('CREATE TABLE tiles (zoom_level int, tile_column int, tile_row int, tile_data blob)')
  const { attribution, vector_layers } = told
  const rows = {
    format: 'pbf',
    attribution,
    bounds: '-10,-20,30,40',
    json: JSON.stringify({ vector_layers }),
  }
  for (const [name, value] of Object.entries(rows)) {
    file.prepare('INSERT INTO metadata VALUES (?, ?)').run(name, value)
  }
  file.prepare('INSERT INTO tiles VALUES (?, ?, ?, ?)').run(at.z, at.x, 2 ** at.z - 1 - at.y, tile)
  file.close()
}

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  return [...bytes, rest]
}

/** By the specification of PMTiles 3: header, one directory with one entry, metadata, one tile. */
export function writePmtiles(path: string, tile: Uint8Array): void {
  const id = zxyToTileId(at.z, at.x, at.y)
  // One entry: its id, a run of one, its length, and its offset plus one.
  const directory = gzipSync(Buffer.from([1, ...varint(id), 1, ...varint(tile.length), 1]))
  const metadata = gzipSync(JSON.stringify(told))
  const header = Buffer.alloc(127)
  header.write('PMTiles', 'latin1')
  header.writeUInt8(3, 7)
  const places = [127, directory.length, 127 + directory.length, metadata.length]
  const tilesAt = 127 + directory.length + metadata.length
  const words = [...places, tilesAt, 0, tilesAt, tile.length, 1, 1, 1]
  for (const [n, value] of words.entries()) header.writeBigUInt64LE(BigInt(value), 8 + n * 8)
  // Clustered, both compressions gzip, vector tiles, zooms.
  for (const [n, value] of [1, 2, 2, 1, at.z, at.z].entries()) header.writeUInt8(value, 96 + n)
  for (const [n, degrees] of [-10, -20, 30, 40].entries()) header.writeInt32LE(degrees * 1e7, 102 + n * 4)
  writeFileSync(path, Buffer.concat([header, directory, metadata, tile]))
}
