import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { citySeed, portHalvard } from './city/atlas.ts'
import { drawAreas } from './city/draw-areas.ts'
import { streetLines, writeStreets } from './city/write-streets.ts'
import { runServerCommand } from './server-command.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Where the demo keeps a database and streets of its own, so that it never takes the place of a centre's:
 * `demo` in DATA_DIR.
 */
export const demoFolder = (env: Readonly<Record<string, string | undefined>>) =>
  join(resolve(root, env.DATA_DIR?.trim() || 'data'), 'demo')

/**
 * Gives the streets and addresses of Port Halvard to the server whose data are in the folder, by the
 * program's own command; nothing is done when it has them. Returns what the command complained of; empty when
 * all is well.
 */
export async function importCity(folder: string): Promise<string> {
  const atlas = portHalvard()
  const database = process.env.DATABASE_URL ?? ''
  const digest = createHash('sha256').update(streetLines(atlas)).update(database).digest('hex')
  const mark = join(folder, 'port-halvard.imported')
  mkdirSync(folder, { recursive: true })
  // Maps draw the streets over its water and parks.
  const areas = join(folder, 'map-areas.geojson')
  const drawn = JSON.stringify(drawAreas(citySeed))
  if (!existsSync(areas) || readFileSync(areas, 'utf8') !== drawn) writeFileSync(areas, drawn)
  const isThere = existsSync(mark) && existsSync(join(folder, 'streets.graph'))
  if (isThere && readFileSync(mark, 'utf8') === digest) return ''
  const file = join(folder, 'port-halvard.streets.ndjson.gz')
  writeStreets(atlas, file)
  const complaint = await runServerCommand(['streets', 'import', file], { DATA_DIR: folder })
  if (complaint !== '') return complaint
  writeFileSync(mark, digest)
  return ''
}
