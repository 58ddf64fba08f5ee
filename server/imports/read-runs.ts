import { basename } from 'node:path'
import { columnsOf, type Mapping } from '@toneout/contract/model/import-mapping.ts'
import { type CsvRecord, readCsvRecords } from '../lib/csv-rows.ts'
import { readText } from '../lib/text-file.ts'
import { type ReadRow, readRow } from './rules.ts'

export type NumberedRow = { line: number; read: ReadRow }

/** The fields that the mapping reads, by name: tables have many more. */
function pickFields({ names, values }: CsvRecord, wanted: readonly string[]) {
  const fields: Record<string, string> = {}
  for (const name of wanted) fields[name] = values[names.lastIndexOf(name)] ?? ''
  return fields
}

function readOne(one: CsvRecord, mapping: Mapping, wanted: readonly string[]): NumberedRow {
  const { line, names, values } = one
  if (values.length === names.length) return { line, read: readRow(pickFields(one, wanted), mapping, line) }
  const detail = `The row has ${values.length} fields of ${names.length}`
  return { line, read: { row_key: `line ${line}`, findings: [{ reason: 'unreadable', detail }] } }
}

/** Rows of a file by the mapping, those that cannot be read too. `onBytes` hears how much was read. */
export async function* readRuns(
  path: string,
  mapping: Mapping,
  onBytes: (count: number) => void,
): AsyncGenerator<NumberedRow> {
  const wanted = columnsOf(mapping)
  const records = readCsvRecords(basename(path), readText(path, onBytes), wanted)
  for await (const one of records) yield readOne(one, mapping, wanted)
}
