import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { importHistory } from '../server/imports/import-history.ts'
import { knownMappings } from '../server/imports/known-mappings.ts'
import { openDatabase } from '../server/lib/db.ts'
import type { Options } from './options.ts'
import { type Row, spread } from './report.ts'
import type { Say, Scene, Stage } from './stage.ts'

const perSecondTarget = 20_000
const head = [
  ...['RowID', 'Call Number', 'Unit ID', 'Unit Type', 'Call Type', 'Final Priority'],
  ...['Call Final Disposition', 'Address', 'City', 'Location', 'Received DtTm', 'Dispatch DtTm'],
  ...['Response DtTm', 'On Scene DtTm', 'Transport DtTm', 'Hospital DtTm', 'Available DtTm'],
]
const two = (value: number) => String(value).padStart(2, '0')

function word(ms: number): string {
  const at = new Date(ms)
  const hour = at.getUTCHours()
  const day = `${two(at.getUTCMonth() + 1)}/${two(at.getUTCDate())}/${at.getUTCFullYear()}`
  const clock = `${two(hour % 12 || 12)}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`
  return `${day} ${clock} ${hour < 12 ? 'AM' : 'PM'}`
}

/** Two runs for each incident, by a thousand units, four minutes apart. */
function line(n: number): string {
  const begin = Date.UTC(2015, 0, 1) + Math.floor(n / 2) * 240_000
  const times = [0, 40, 100, 500, 1_500, 2_100, 3_600].map((seconds) =>
    word(begin + seconds * 1_000 + (n % 2)),
  )
  const kind = ['MEDIC', 'Medical Incident', '3', 'Code 2 Transport', `${n % 900} HARBOUR ST`, 'Seatown']
  return [n, Math.floor(n / 2), `M${n % 1_000}`, ...kind, '"(37.75, -122.45)"', ...times].join(',')
}

async function writeTable(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path)
  file.write(`${head.join(',')}\n`)
  for (let n = 0; n < rows; n += 1_000) {
    const part = Array.from({ length: Math.min(1_000, rows - n) }, (_, at) => `${line(n + at)}\n`)
    if (!file.write(part.join(''))) await once(file, 'drain')
  }
  file.end()
  await once(file, 'finish')
}

/** Rows a second of COPY into tables with the same indexes and checks, of the rows that were imported. */
async function copyRaw({ sql }: Scene, rows: number): Promise<number> {
  const folder = (await sql.query('SHOW data_directory')).rows[0].data_directory as string
  const tables = ['incidents', 'assignments']
  for (const name of tables) {
    await sql.query(`CREATE TABLE raw_${name} (LIKE ${name} INCLUDING ALL)`)
    await sql.query(`COPY ${name} TO '${join(folder, name)}.raw'`)
  }
  const began = performance.now()
  for (const name of tables) await sql.query(`COPY raw_${name} FROM '${join(folder, name)}.raw'`)
  return rows / ((performance.now() - began) / 1_000)
}

/** An agency's history of as many runs as `--calls` says, beside COPY of the same rows. */
export async function measureImport(stage: Stage, options: Options, tell: Say): Promise<Row[]> {
  const scene = await stage.open('import')
  const path = join(stage.folder, 'runs.csv')
  await writeTable(path, options.calls)
  const db = openDatabase({ connection: scene.login, onIdleError: () => {} })
  const mapping = knownMappings['sf-fire']
  if (!mapping) throw new Error('there is no mapping sf-fire')
  const cpu = { own: process.cpuUsage(), postgres: scene.postgresCpu() }
  const began = performance.now()
  const done = await importHistory({ db, now: () => new Date() }, { path, mapping, isDryRun: false })
  const ours = done.rows_added / ((performance.now() - began) / 1_000)
  const spent = process.cpuUsage(cpu.own)
  const own = (spent.user + spent.system) / 1e6
  const postgres = scene.postgresCpu() - cpu.postgres
  await db.close()
  if (done.rows_added !== options.calls)
    throw new Error(`${done.rows_added} of ${options.calls} rows were added`)
  const raw = await copyRaw(scene, options.calls)
  tell(`import: ${Math.round(ours)} rows/s, COPY ${Math.round(raw)} rows/s`)
  await scene.server.stop()
  const text = `${Math.round(ours)} >= ${perSecondTarget} rows/s`
  return [
    {
      ...{ workload: 'import', unit: 'rows/s', ours: spread([ours]), raw: spread([raw]) },
      ratio: spread([ours / raw]),
      targets: [{ text, met: ours >= perSecondTarget }],
      notes: [
        `${options.calls} runs of ${done.incidents_added} incidents from CSV, beside COPY of the same rows ` +
          `into the same tables; CPU of the import ${own.toFixed(1)} s and of PostgreSQL for it ` +
          `${postgres.toFixed(1)} s; load ${loadavg()[0]?.toFixed(1)}`,
      ],
    },
  ]
}
