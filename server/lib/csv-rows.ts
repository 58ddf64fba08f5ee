import { Readable } from 'node:stream'
import { CsvError, type InfoRecord, type Options, parse } from 'csv-parse'

/** What is wrong with a file, in a sentence with the line. */
export class CsvFault extends Error {}

export type CsvRow = { line: number; fields: Readonly<Record<string, string>> }
/** A row as it is; `names` are those of the first one, whose number may differ from that of the values. */
export type CsvRecord = { line: number; names: readonly string[]; values: readonly string[] }

/** Characters in one row, and fields in it. */
const recordLimit = 1_000_000
const fieldLimit = 500

const options: Options = {
  bom: true,
  info: true,
  relax_column_count: true,
  skip_empty_lines: true,
  max_record_size: recordLimit,
}

function nameColumns(name: string, first: readonly string[], needed: readonly string[]): readonly string[] {
  const names = first.map((one) => one.trim())
  if (names.length > fieldLimit) throw new CsvFault(`${name} has more than ${fieldLimit} columns.`)
  const missing = needed.filter((one) => !names.includes(one))
  if (missing.length > 0) throw new CsvFault(`${name} has no column ${missing.join(', ')}.`)
  return names
}

/** Rows of a CSV file (RFC 4180) after its first one, in which `needed` columns must be named. */
export async function* readCsvRecords(
  name: string,
  text: AsyncIterable<string>,
  needed: readonly string[],
): AsyncGenerator<CsvRecord> {
  const parser = parse(options)
  const source = Readable.from(text)
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  let names: readonly string[] | undefined
  try {
    for await (const one of parser) {
      const { info, record } = one as { info: InfoRecord; record: string[] }
      if (names) yield { line: info.lines, names, values: record }
      else names = nameColumns(name, record, needed)
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const why = error.code === 'CSV_MAX_RECORD_SIZE' ? 'is longer than a row may be' : 'is not CSV'
    throw new CsvFault(`${name}, line ${error.lines}: ${why}.`)
  } finally {
    source.destroy()
  }
  if (!names) throw new CsvFault(`${name} is empty.`)
}

export function toFields({ names, values }: CsvRecord): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((one, at) => [one, values[at] ?? '']))
}

/** The same by name, of a file in which every row has as many fields as the first. */
export async function* readCsvRows(
  name: string,
  text: AsyncIterable<string>,
  needed: readonly string[],
): AsyncGenerator<CsvRow> {
  for await (const one of readCsvRecords(name, text, needed)) {
    const { line, names, values } = one
    if (values.length !== names.length) {
      throw new CsvFault(`${name}, line ${line}: ${values.length} fields, expected ${names.length}.`)
    }
    yield { line, fields: toFields(one) }
  }
}
