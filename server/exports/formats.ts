import { Readable } from 'node:stream'
import type { ExportFormat } from '@toneout/contract/model/export.ts'
import type { Row } from './row-cursor.ts'
import { csvLine } from './rules.ts'
import { sheetFile } from './sheet-file.ts'

/** Rows in parts, and which of their columns are wanted. `at` goes into files that have times inside. */
export type Rows = { parts: AsyncIterable<readonly Row[]>; columns: readonly string[]; at: Date }

const pick = (row: Row, columns: readonly string[]) => columns.map((name) => row[name])
const asJson = (row: Row, columns: readonly string[]) =>
  JSON.stringify(Object.fromEntries(columns.map((name) => [name, row[name] ?? null])))

async function* csv({ parts, columns }: Rows) {
  yield csvLine(columns)
  for await (const rows of parts) yield rows.map((row) => csvLine(pick(row, columns))).join('')
}

async function* ndjson({ parts, columns }: Rows) {
  for await (const rows of parts) yield rows.map((row) => `${asJson(row, columns)}\n`).join('')
}

async function* json({ parts, columns }: Rows) {
  yield '['
  let between = '\n'
  for await (const rows of parts) {
    yield between + rows.map((row) => asJson(row, columns)).join(',\n')
    between = ',\n'
  }
  yield '\n]\n'
}

/** One part at a time waits to be sent: the next is read when the client has taken it. */
const stream = (texts: AsyncIterable<string>) => Readable.from(texts, { highWaterMark: 1 })

type Format = { type: string; write: (rows: Rows) => Readable }

/** The files there are: their media type, and how rows become one, as fast as it is read. */
export const formats: Readonly<Record<ExportFormat, Format>> = {
  csv: { type: 'text/csv; charset=utf-8; header=present', write: (rows) => stream(csv(rows)) },
  ndjson: { type: 'application/x-ndjson; charset=utf-8', write: (rows) => stream(ndjson(rows)) },
  json: { type: 'application/json; charset=utf-8', write: (rows) => stream(json(rows)) },
  xlsx: {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: sheetFile,
  },
}
