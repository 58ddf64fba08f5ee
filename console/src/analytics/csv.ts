export type Cell = string | number | null
export type Sheet = { columns: readonly string[]; rows: readonly (readonly Cell[])[] }

/** What a spreadsheet would run: such a text gets an apostrophe before it. */
const formula = /^[=+\-@\t\r]/

function field(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = formula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** RFC 4180, with a byte order mark so that spreadsheets read it as UTF-8. */
export function toCsv({ columns, rows }: Sheet): string {
  return `\uFEFF${[columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('')}`
}

export function saveCsv(name: string, sheet: Sheet): void {
  const address = URL.createObjectURL(new Blob([toCsv(sheet)], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.csv`
  link.click()
  URL.revokeObjectURL(address)
}
