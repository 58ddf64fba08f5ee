import { amount, dash } from '../ui/format.ts'
import type { Cell, Sheet } from './csv.ts'

const words = (value: Cell) => (typeof value === 'number' ? number(value) : (value ?? dash))
const number = (value: number) => (Number.isInteger(value) ? amount(value) : value.toFixed(2))

/** A table that scrolls by itself; its first column names the row. */
export function SheetTable({ name, sheet }: { name: string; sheet: Sheet }) {
  if (sheet.rows.length === 0) return <p className="empty">There is nothing of this in the period.</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="measured-table" tabIndex={0} aria-label={`Table of ${name.toLowerCase()}`}>
      <table>
        <caption className="unseen">{name}</caption>
        <thead>
          <tr>
            {sheet.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sheet.rows.map((row) => (
            <tr key={row.slice(0, 2).join(' ')}>
              {row.map((value, at) => {
                const column = sheet.columns[at]
                if (at > 0) return <td key={column}>{words(value)}</td>
                return (
                  <th key={column} scope="row">
                    {words(value)}
                  </th>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
