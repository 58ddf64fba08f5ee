import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import { importHistory } from '../imports/import-history.ts'
import { knownMappings } from '../imports/known-mappings.ts'
import { MappingFault, readMapping } from '../imports/read-mapping.ts'
import { ImportBusy } from '../imports/turn.ts'
import { CsvFault } from '../lib/csv-rows.ts'
import { TextFileFault } from '../lib/text-file.ts'
import { CommandFault, say } from './say.ts'
import { withDatabase } from './with-database.ts'

const help = `npm run import -- sf-fire FILE [--dry-run]
npm run import -- nyc-ems FILE [--dry-run]
npm run import -- mapping MAPPING.json FILE [--dry-run]

Imports a table of runs (CSV, also .csv.gz) as history, also beside a running server. Rows that were imported
before stay as they are; a file that was stopped half-way goes on where it was. docs/imports.md tells of
mappings and of rows that are not right.

  --dry-run   count only, change nothing`

function readArguments(argv: string[]) {
  const options = { 'dry-run': { type: 'boolean', default: false }, help: { type: 'boolean' } } as const
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true })
    if (values.help) return undefined
    const isDryRun = values['dry-run']
    const [kind = '', ...paths] = positionals
    const known = knownMappings[kind]
    if (known && paths.length === 1) return { mapping: known, path: paths[0] as string, isDryRun }
    if (kind === 'mapping' && paths.length === 2) {
      return { mapping: readMapping(paths[0] as string), path: paths[1] as string, isDryRun }
    }
  } catch (error) {
    if (error instanceof MappingFault) throw new CommandFault(error.message)
    throw new CommandFault(`${(error as Error).message}\n\n${help}`)
  }
  throw new CommandFault(help)
}

/** Milliseconds between two lines of progress. */
const every = 1_000

/** `npm run import`: an agency's own history. */
export async function importCommand(config: Config, argv: string[]): Promise<void> {
  const asked = readArguments(argv)
  if (!asked) {
    say(help)
    return
  }
  let told = performance.now()
  await withDatabase(config, async (db) => {
    const onProgress = (now: { rows_read: number; bytes_read: number; bytes_total: number }) => {
      if (performance.now() - told < every) return
      told = performance.now()
      const share = now.bytes_total === 0 ? 100 : Math.floor((100 * now.bytes_read) / now.bytes_total)
      say(`${String(share).padStart(3)} %  ${now.rows_read} rows`)
    }
    const began = performance.now()
    try {
      const done = await importHistory({ db, now: () => new Date() }, { ...asked, onProgress })
      const seconds = (performance.now() - began) / 1_000
      say(`Rows read: ${done.rows_read} in ${seconds.toFixed(1)} s`)
      say(`Runs added: ${done.rows_added}; known before: ${done.rows_known}`)
      say(`Incidents added: ${done.incidents_added}; units added, retired: ${done.units_added}`)
      say(`In quarantine: ${done.rows_held} left out, ${done.rows_flagged} findings in rows that were taken`)
      if (asked.isDryRun) say('Nothing was changed (--dry-run).')
    } catch (error) {
      const isTold = [CsvFault, TextFileFault, ImportBusy].some((fault) => error instanceof fault)
      throw isTold ? new CommandFault((error as Error).message) : error
    }
  })
}
