import { systemActor } from '@toneout/contract/model/fact.ts'
import type { Mapping } from '@toneout/contract/model/import-mapping.ts'
import type { Context } from '../context.ts'
import type { Connection } from '../lib/db.ts'
import { hashFile } from '../lib/text-file.ts'
import { record } from '../timeline/record.ts'
import { type NumberedRow, readRuns } from './read-runs.ts'
import { gatherIncidents, gatherUnits, notNamed } from './rules.ts'
import * as store from './store.ts'
import { waitForTurn } from './turn.ts'

/** Rows in one transaction: what a stop in between loses, and does again. */
const batchRows = 5_000

export type ImportOptions = {
  path: string
  mapping: Mapping
  /** Count only: everything is done, and taken back. */
  isDryRun: boolean
  /** Hears after each batch how far it is. */
  onProgress?: (now: store.Counts & { bytes_read: number; bytes_total: number }) => void
}

type Base = Pick<Context, 'db' | 'now'>

const importer = systemActor('import command')

async function writeBatch(
  connection: Connection,
  now: store.Begun,
  source: string,
  rows: readonly NumberedRow[],
  at: string,
): Promise<store.Begun> {
  const runs = rows.flatMap(({ read }) => (read.run ? [read.run] : []))
  const findings = rows.flatMap(({ line, read }) =>
    read.findings.map((one) => ({ ...one, line, row_key: read.row_key, is_held: !read.run })),
  )
  const units = await store.findUnits(connection, gatherUnits(runs), at)
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
  const file = { source: mapping.name, ...(await hashFile(path)) }
  const { bytes_total, file_hash } = file
  const step = createSteps(connection, isDryRun)
  const at = ctx.now().toISOString()
  const stopped = await store.findStopped(connection, mapping.name, file_hash)
  let now = stopped ?? (await step(() => store.begin(connection, file, at)))
  let bytes_read = 0
  let batch: NumberedRow[] = []
  let writing = Promise.resolve()
  const write = async (rows: readonly NumberedRow[], bytes: number) => {
    now = await step(async () => {
      const next = await writeBatch(connection, now, mapping.name, rows, at)
      await store.keepProgress(connection, { ...next, bytes_read: bytes })
      return next
    })
    onProgress?.({ ...now, bytes_read: bytes, bytes_total })
  }
  /** The next rows are read while the database writes these. */
  const flush = async () => {
    await writing
    const rows = batch
    batch = []
    if (rows.length > 0) writing = write(rows, bytes_read)
    // Whoever waits for it next hears of it.
    writing.catch(() => {})
  }
  const onBytes = (count: number) => {
    bytes_read += count
  }
  let skipped = now.rows_read
  try {
    for await (const one of readRuns(path, mapping, onBytes)) {
      if (skipped > 0) skipped -= 1
      else if (batch.push(one) === batchRows) await flush()
    }
    await flush()
  } finally {
    await writing
  }
  return step(() => finish(connection, now, mapping, ctx))
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
