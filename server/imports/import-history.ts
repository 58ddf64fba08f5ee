import { basename } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Run } from '@toneout/contract/model/import.ts'
import { columnsOf, type Mapping } from '@toneout/contract/model/import-mapping.ts'
import type { Context } from '../context.ts'
import { type CsvRecord, readCsvRecords, toFields } from '../lib/csv-rows.ts'
import type { Connection } from '../lib/db.ts'
import { hashFile, readText } from '../lib/text-file.ts'
import { record } from '../timeline/record.ts'
import { notNamed, type ReadRow, readRow } from './rules.ts'
import * as store from './store.ts'

/** Rows in one transaction: what a stop in between loses, and does again. */
const batchRows = 2_000

export type ImportOptions = {
  path: string
  mapping: Mapping
  /** Count only: everything is done, and taken back. */
  isDryRun: boolean
  /** Hears after each batch how far it is. */
  onProgress?: (now: store.Counts & { bytes_read: number; bytes_total: number }) => void
}

/** A second import at once; one goes after the other. */
export class ImportBusy extends Error {}

/** How long to wait for another import that is about to end. */
const turn = { tries: 50, everyMs: 200 }

type Base = Pick<Context, 'db' | 'now'>
type Numbered = { line: number; read: ReadRow }

const importer: Actor = { kind: 'system', id: null, name: 'import command' }

function readOne(one: CsvRecord, mapping: Mapping): Numbered {
  const { line, names, values } = one
  if (values.length === names.length) return { line, read: readRow(toFields(one), mapping, line) }
  const detail = `The row has ${values.length} fields of ${names.length}`
  return { line, read: { row_key: `line ${line}`, findings: [{ reason: 'unreadable', detail }] } }
}

/** The incidents of a batch, each from its first to its last run. */
function gatherIncidents(runs: readonly Run[]): store.HistoricIncident[] {
  const found = new Map<string, store.HistoricIncident>()
  for (const { incident, times } of runs) {
    const known = Object.values(times).filter((at) => at !== null)
    const before = found.get(incident.key)
    const received_at = Math.min(incident.received_at, before?.received_at ?? Number.POSITIVE_INFINITY)
    const closed_at = Math.max(incident.received_at, before?.closed_at ?? 0, ...known)
    found.set(incident.key, { ...(before ?? incident), received_at, closed_at })
  }
  return [...found.values()]
}

const unique = (runs: readonly Run[]) => [
  ...new Map(runs.map(({ unit }) => [unit.number, unit] as const)).values(),
]

async function writeBatch(
  connection: Connection,
  now: store.Begun,
  source: string,
  rows: readonly Numbered[],
  at: string,
): Promise<store.Begun> {
  const runs = rows.flatMap(({ read }) => (read.run ? [read.run] : []))
  const findings = rows.flatMap(({ line, read }) =>
    read.findings.map((one) => ({ ...one, line, row_key: read.row_key, is_held: !read.run })),
  )
  const units = await store.findUnits(connection, unique(runs), at)
  const incidents = await store.findIncidents(connection, source, gatherIncidents(runs), at)
  const added = await store.insertRuns(
    connection,
    source,
    runs.map(({ row_key, incident, unit, times }) => ({
      row_key,
      incident_id: incidents.ids.get(incident.key) as number,
      unit_id: units.ids.get(unit.number) as number,
      times,
    })),
  )
  await store.quarantine(connection, { id: now.id, source }, findings)
  const held = rows.length - runs.length
  return {
    id: now.id,
    rows_read: now.rows_read + rows.length,
    rows_added: now.rows_added + added,
    rows_known: now.rows_known + runs.length - added,
    rows_flagged: now.rows_flagged + findings.length - held,
    rows_held: now.rows_held + held,
    incidents_added: now.incidents_added + incidents.made,
    units_added: now.units_added + units.made,
  }
}

async function finish(connection: Connection, now: store.Begun, { name }: Mapping, ctx: Base) {
  const overlaps = await store.findOverlaps(connection, now.id, name, notNamed.number)
  const done = { ...now, rows_flagged: now.rows_flagged + overlaps }
  await store.keepProgress(connection, { ...done, bytes_read: 0 })
  const at = ctx.now().toISOString()
  await store.end(connection, now.id, at)
  const { id: import_id, ...counts } = done
  const data = { import_id, source: name, ...counts }
  await record(connection, [{ at, type: 'history_imported', actor: importer, data }])
  return done
}

/** Transactions of an import; a dry run is one that is taken back at its end. */
function createSteps(connection: Connection, isDryRun: boolean) {
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (isDryRun) return work()
    await connection.query('BEGIN')
    try {
      const done = await work()
      await connection.query('COMMIT')
      return done
    } catch (error) {
      await connection.query('ROLLBACK')
      throw error
    }
  }
}

async function run(ctx: Base, connection: Connection, options: ImportOptions): Promise<store.Counts> {
  const { path, mapping, isDryRun, onProgress } = options
  const { size: bytes_total, hash: file_hash } = await hashFile(path)
  const step = createSteps(connection, isDryRun)
  const at = ctx.now().toISOString()
  const file = { source: mapping.name, file_name: basename(path), file_hash, bytes_total }
  const stopped = await store.findStopped(connection, mapping.name, file_hash)
  let now = stopped ?? (await step(() => store.begin(connection, file, at)))
  let bytes_read = 0
  let batch: Numbered[] = []
  const flush = async () => {
    if (batch.length === 0) return
    const rows = batch
    batch = []
    now = await step(async () => {
      const next = await writeBatch(connection, now, mapping.name, rows, at)
      await store.keepProgress(connection, { ...next, bytes_read })
      return next
    })
    onProgress?.({ ...now, bytes_read, bytes_total })
  }
  const text = readText(path, (count) => {
    bytes_read += count
  })
  let skipped = now.rows_read
  for await (const one of readCsvRecords(basename(path), text, columnsOf(mapping))) {
    if (skipped > 0) {
      skipped -= 1
      continue
    }
    batch.push(readOne(one, mapping))
    if (batch.length === batchRows) await flush()
  }
  await flush()
  return step(() => finish(connection, now, mapping, ctx))
}

/** One that was killed a moment ago still has its turn until PostgreSQL finds that it is gone. */
async function waitForTurn(connection: Connection): Promise<void> {
  for (let tries = 0; tries < turn.tries; tries += 1) {
    if (await store.takeTurn(connection)) return
    await delay(turn.everyMs)
  }
  throw new ImportBusy('Another import is running.')
}

/**
 * Imports a table of runs (CSV) as history: closed incidents, ended assignments, and units that are retired
 * unless they are known. What was imported before is left as it is, and a file that was stopped half-way goes
 * on where it was. Throws ImportBusy beside another import, and what the readers of files throw.
 */
export async function importHistory(ctx: Base, options: ImportOptions): Promise<store.Counts> {
  const connection = await ctx.db.pool.connect()
  let isOver = false
  try {
    await waitForTurn(connection)
    if (options.isDryRun) await connection.query('BEGIN')
    const done = await run(ctx, connection, options)
    if (options.isDryRun) await connection.query('ROLLBACK')
    await connection.query('SELECT pg_advisory_unlock_all()')
    isOver = true
    return done
  } finally {
    // A connection that failed half-way, or holds the turn, is not lent again.
    connection.release(!isOver)
  }
}
