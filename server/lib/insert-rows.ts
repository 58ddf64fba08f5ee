import type { Connection } from './db.ts'

type Value = string | number | boolean | null

/** One column of all the rows that are inserted together, in the rows' order. */
export type Column = { name: string; type: string; values: readonly Value[] }

const special = /["\\]/g

/** A PostgreSQL array literal (manual, "Array Input and Output Syntax"). */
export function arrayLiteral(values: readonly Value[]): string {
  let literal = ''
  for (const value of values) {
    literal += literal === '' ? '{' : ','
    if (value === null) literal += 'NULL'
    else if (typeof value === 'string') literal += `"${value.replace(special, '\\$&')}"`
    else literal += value
  }
  return literal === '' ? '{}' : `${literal}}`
}

const isUniform = ({ values }: Column) => values.every((value) => value === values[0])

/** Calls of functions: before the first row is numbered, and with the statement. */
export type Around = { first: string; also: string }

/** Texts by the statement's name: as many as there are sets of uniform columns, of which few are in use. */
const texts = new Map<string, string>()

function write(
  table: string,
  columns: readonly Column[],
  uniform: readonly boolean[],
  around?: Around,
): string {
  const parameter = (at: number) => `$${at + 1}::${columns[at]?.type}`
  const names = columns.map((column) => column.name)
  const arrays = uniform.flatMap((same, at) => (same ? [] : [`${parameter(at)}[]`]))
  const from = around ? ['turn'] : []
  if (arrays.length > 0) {
    from.push(`unnest(${arrays.join(', ')}) AS r(${names.filter((_, at) => !uniform[at]).join(', ')})`)
  }
  const values = names.map((name, at) => (uniform[at] ? parameter(at) : `r.${name}`))
  const insert = `INSERT INTO ${table} (${names.join(', ')})
    SELECT ${values.join(', ')} ${from.length > 0 ? `FROM ${from.join(', ')}` : ''}`
  if (!around) return insert
  return `WITH turn AS MATERIALIZED (SELECT ${around.first}), added AS (${insert}) SELECT ${around.also}`
}

/**
 * Inserts rows, at least one, by one prepared statement. A column that is the same in all rows travels as one
 * value, any other as an array, which the server reads several times faster than the same rows as JSON.
 */
export function insertRows(
  connection: Connection,
  table: string,
  columns: readonly Column[],
  around?: Around,
): Promise<unknown> {
  const same = columns.map(isUniform)
  // Rows that are all alike are still as many: one column travels as an array, which counts them.
  const uniform = same.every(Boolean) ? same.map((_, at) => at > 0) : same
  const name = `insert-${table}-${uniform.map(Number).join('')}`
  let text = texts.get(name)
  if (text === undefined) {
    text = write(table, columns, uniform, around)
    texts.set(name, text)
  }
  const values = columns.map(({ values }, at) => (uniform[at] ? values[0] : arrayLiteral(values)))
  return connection.query({ name, text, values })
}
