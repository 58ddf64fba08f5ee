import type { ReactNode } from 'react'
import { Failed, type FailedRead, PanelBoundary, Skeleton } from '../ui/panel-states.tsx'
import { type Sheet, saveCsv } from './csv.ts'
import { SheetTable } from './sheet-table.tsx'

type Read<T> = FailedRead & { data: T | undefined; isError: boolean }

type PanelProps<T> = {
  name: string
  read: Read<T>
  /** Said under the heading: what is counted, and from when. */
  note?: (data: T) => ReactNode
  /** The figures as they are written to CSV. */
  sheet: (data: T) => Sheet
  /** The same for readers; the figures themselves where left out. */
  shown?: (data: T) => Sheet
  chart?: (data: T) => ReactNode
  /** In place of the table. */
  table?: (data: T) => ReactNode
}

/** Figures with their chart, their table and their CSV. */
export function SheetPanel<T>({ name, read, note, sheet, shown = sheet, chart, table }: PanelProps<T>) {
  const { data } = read
  return (
    <section className="panel measured" aria-label={name}>
      <header className="panel-head">
        <h2>{name}</h2>
        <span className="top-gap" />
        {data !== undefined && (
          <button type="button" className="button" onClick={() => saveCsv(name, sheet(data))}>
            CSV<span className="unseen"> of {name}</span>
          </button>
        )}
      </header>
      <PanelBoundary what={name}>
        {read.isError && <Failed what={name} read={read} />}
        {data === undefined && !read.isError && <Skeleton rows={4} what={name.toLowerCase()} />}
        {data !== undefined && note && <div className="measured-note">{note(data)}</div>}
        {data !== undefined && chart?.(data)}
        {data !== undefined && (table ? table(data) : <SheetTable name={name} sheet={shown(data)} />)}
      </PanelBoundary>
    </section>
  )
}
