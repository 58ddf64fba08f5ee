import type { ExportFormat } from '@toneout/contract/model/export.ts'

/**
 * What spreadsheets take for the beginning of a formula (OWASP, CSV injection): the signs, also in full width
 * and after blanks, which some of them leave out.
 */
const formula = /^[\t\r\n]|^[\s\p{C}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u

/** Text that a spreadsheet shows and never runs. */
export const harmless = (text: string): string =>
  beginsPlainly(text) || !formula.test(text) ? text : `'${text}`

/** A value as one cell has it; numbers and flags stay what they are. */
export function cellOf(value: unknown): string | number | boolean {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value
  return Array.isArray(value) ? value.join('; ') : JSON.stringify(value)
}

/** A value as a cell of CSV, before it is quoted. */
export function csvCell(value: unknown): string {
  const cell = cellOf(value)
  return typeof cell === 'string' ? harmless(cell) : String(cell)
}

/** Letters and digits of ASCII begin no formula, which spares nearly every cell the closer look. */
function beginsPlainly(text: string): boolean {
  const code = text.charCodeAt(0)
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}

const special = /[",\r\n]/

/** Values as a line of CSV (RFC 4180), its end included. */
export function csvLine(values: readonly unknown[]): string {
  const cells = values.map((value) => {
    const cell = csvCell(value)
    return special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
  })
  return `${cells.join(',')}\r\n`
}

/** Filters that may hold somebody's number or words, or very many rows: only that they were given is told. */
const hidden: ReadonlySet<string> = new Set(['caller_number', 'search', 'ids'])

/** Filters of a query as they may be written down: never what was searched for. */
export function toldFilters(query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([name, value]) => [name, hidden.has(name) ? true : value]))
}

const longestName = 150

/** Such as calls_status-active_by-search_20261121T193100Z.csv. `at` is an ISO instant in UTC. */
export function fileName(
  what: string,
  filters: Readonly<Record<string, unknown>>,
  at: string,
  format: ExportFormat,
): string {
  const plain = (value: unknown) =>
    String(value)
      .replace(/\.000Z$/, 'Z')
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .toLowerCase()
  const words = Object.entries(filters).map(([name, value]) =>
    hidden.has(name) ? `by-${plain(name)}` : `${plain(name)}-${plain(value)}`,
  )
  const head = [what, ...words].join('_').slice(0, longestName)
  return `${head}_${at.slice(0, 19).replace(/[-:]/g, '')}Z.${format}`
}

/** Rows that a sheet holds under its heading (ECMA-376 leaves it open; spreadsheets take 1,048,576). */
export const mostSheetRows = 1_048_575
const longestCell = 32_767
/** What XML 1.0 cannot hold. */
const unwritable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

function sheetText(text: string): string {
  return (
    text
      .slice(0, longestCell)
      .replace(unwritable, '')
      // Spreadsheets read _x000D_ as a character; what only looks so is kept as it is.
      .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
      .replace(/[&<>]/g, (sign) => escapes[sign] ?? '')
  )
}

/** A row of a sheet (ECMA-376, SpreadsheetML). Text is inline text, which is never a formula. */
export function sheetRow(values: readonly unknown[]): string {
  const cells = values.map((value) => {
    const cell = cellOf(value)
    if (cell === '') return '<c/>'
    if (typeof cell === 'number') return `<c><v>${cell}</v></c>`
    if (typeof cell === 'boolean') return `<c t="b"><v>${cell ? 1 : 0}</v></c>`
    return `<c t="inlineStr"><is><t xml:space="preserve">${sheetText(cell)}</t></is></c>`
  })
  return `<row>${cells.join('')}</row>`
}
