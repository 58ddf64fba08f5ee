import { basename } from 'node:path'
import { readNdjson } from './read-ndjson.ts'
import { readOsm } from './read-osm.ts'
import { readSanFrancisco } from './read-san-francisco.ts'
import { RoadFileFault, type RoadItem } from './road-item.ts'

/** A set of files that are read together, and whom its licence asks to name. */
export type RoadSource = { files: string[]; attribution: string; read: () => AsyncIterable<RoadItem> }

const speeds = /^sf-street-segments-speed\.csv(\.gz)?$/
const streets = /^sf-streets-and-intersections\.csv(\.gz)?$/
const forms =
  'Files that are understood: .osm.pbf, .streets.ndjson, .streets.ndjson.gz, and the pair ' +
  'sf-street-segments-speed.csv with sf-streets-and-intersections.csv (.csv or .csv.gz).'

/** What the names of the files say they are. */
export function findRoadSources(paths: readonly string[]): RoadSource[] {
  const one = (form: RegExp) => paths.find((path) => form.test(basename(path)))
  const [speedPath, streetPath] = [one(speeds), one(streets)]
  if (Boolean(speedPath) !== Boolean(streetPath)) {
    throw new RoadFileFault(`San Francisco's tables are read as a pair; one is missing.\n${forms}`)
  }
  const found: RoadSource[] = []
  if (speedPath && streetPath) {
    const read = () => readSanFrancisco(speedPath, streetPath)
    found.push({
      files: [speedPath, streetPath],
      attribution: 'City and County of San Francisco, DataSF',
      read,
    })
  }
  for (const path of paths) {
    if (path === speedPath || path === streetPath) continue
    if (path.endsWith('.osm.pbf')) {
      found.push({ files: [path], attribution: '© OpenStreetMap contributors', read: () => readOsm(path) })
    } else if (/\.streets\.ndjson(\.gz)?$/.test(path)) {
      found.push({ files: [path], attribution: '', read: () => readNdjson(path) })
    } else throw new RoadFileFault(`${path} is not understood.\n${forms}`)
  }
  if (found.length === 0) throw new RoadFileFault(`No file was named.\n${forms}`)
  return found
}
