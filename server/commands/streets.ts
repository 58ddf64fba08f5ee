import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { gazetteerConsumer } from '../addresses/consumer.ts'
import type { Config } from '../config.ts'
import { describeDrive } from '../streets/describe-drive.ts'
import { graphConsumer, importStreets, type Told } from '../streets/import-streets.ts'
import { RoadFault } from '../streets/road-fault.ts'
import { tellStreets } from '../streets/store.ts'
import { CommandFault, say } from './say.ts'
import { withDatabase } from './with-database.ts'

const help = `npm run streets -- import FILE…     reads roads and addresses, and writes DATA_DIR/streets.graph
npm run streets -- check FROM TO    prints the drive between two places, each as latitude,longitude

Files: an .osm.pbf; .streets.ndjson or .streets.ndjson.gz; or San Francisco's pair of tables,
sf-street-segments-speed.csv and sf-streets-and-intersections.csv (.csv or .csv.gz). A running server
uses the new roads within seconds, and the old ones until then.`

async function importFiles(config: Config, files: readonly string[]): Promise<void> {
  if (files.length === 0) throw new CommandFault(`Name the files.\n\n${help}`)
  mkdirSync(resolve(config.dataDir), { recursive: true })
  await withDatabase(config, async (db) => {
    // Everything that is made of roads: each sees every street and place of the files once.
    const consumersOf = (told: Told) => [
      graphConsumer(resolve(config.dataDir), told),
      gazetteerConsumer({ db, now: () => new Date() }, 'streets'),
    ]
    for (const line of await importStreets(files, consumersOf, () => new Date())) say(line)
    await tellStreets(db.pool)
  })
}

/** `npm run streets`: what the server knows of roads, also beside a running server. */
export async function streets(config: Config, argv: string[]): Promise<void> {
  const [act, ...rest] = argv
  try {
    if (act === 'import') return await importFiles(config, rest)
    if (act === 'check') return describeDrive(resolve(config.dataDir), rest).forEach(say)
  } catch (error) {
    throw error instanceof RoadFault ? new CommandFault(`${error.message}\n\n${help}`) : error
  }
  if (act === '--help') return say(help)
  throw new CommandFault(help)
}
