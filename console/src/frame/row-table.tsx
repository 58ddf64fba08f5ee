import type { ReactNode } from 'react'
import { changeQuery } from './address.ts'
import { rowId } from './side-panel.tsx'

export type Column<Row> = { title: string; className: string; cell: (row: Row) => ReactNode }

type TableProps<Row> = {
  className: string
  caption: string
  /** Title of the first column, which names the row and opens it. */
  first: string
  label: (row: Row) => string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** Whether the row is of no use any more. */
  isOver: (row: Row) => boolean
  /** The word of the address that names what is chosen, and what is. */
  word: string
  chosen: string
}

/** Rows that open beside the list. */
export function RowTable<Row extends { id: number }>(props: TableProps<Row>) {
  const { className, caption, first, label, columns, rows, isOver, word, chosen } = props
  return (
    <table className={className}>
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          {columns.map(({ title, className }) => (
            <th key={title} scope="col" className={className}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} data-chosen={String(row.id) === chosen} data-over={isOver(row)}>
            <td>
              <button
                id={rowId(row.id)}
                type="button"
                className="row-name"
                aria-expanded={String(row.id) === chosen}
                title={label(row)}
                onClick={() => changeQuery({ [word]: String(row.id) })}
              >
                {label(row)}
              </button>
            </td>
            {columns.map(({ title, className, cell }) => (
              <td key={title} className={className}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
