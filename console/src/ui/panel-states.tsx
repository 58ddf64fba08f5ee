import { Component, type ReactNode } from 'react'
import { reason } from '../access/ask.ts'
import { clockTime } from './format.ts'

/** Rows in place of what is on its way; CSS shows them only after 300 ms. */
export function Skeleton({ rows, what }: { rows: number; what: string }) {
  return (
    <div className="skeleton" role="status" aria-label={`Loading ${what}`}>
      {Array.from({ length: rows }, (_, row) => (
        <i key={row} />
      ))}
    </div>
  )
}

export function Empty({ children }: { children: ReactNode }) {
  return <p className="empty">{children}</p>
}

/** What a failure tells of the query that met it. */
export type FailedRead = {
  error: unknown
  errorUpdatedAt: number
  isFetching: boolean
  refetch: () => Promise<unknown>
}

/** One panel's failure: what, why, since when. The other panels go on. */
export function Failed({ what, read }: { what: string; read: FailedRead }) {
  return (
    <div className="failed" role="alert">
      <p>
        <b>{what} could not be loaded.</b> {reason(read.error)} Last tried {clockTime(read.errorUpdatedAt)}.
      </p>
      <button
        type="button"
        className="button"
        onClick={() => void read.refetch()}
        aria-disabled={read.isFetching}
      >
        {read.isFetching ? 'Trying again' : `Load ${what.toLowerCase()} again`}
      </button>
    </div>
  )
}

type BoundaryProps = { what: string; children: ReactNode }
type BoundaryState = { since: number | null; isFile: boolean }

/** How browsers say that the file of a part did not come. They do not ask for it again on the same page. */
const fileFault = /module/i

/** A fault in one panel leaves the others standing. */
export class PanelBoundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { since: null, isFile: false }

  static getDerivedStateFromError(error: unknown): BoundaryState {
    const isFile = error instanceof TypeError && fileFault.test(error.message)
    return { since: Date.now(), isFile }
  }

  override render() {
    const { since, isFile } = this.state
    if (since === null) return this.props.children
    return (
      <div className="failed" role="alert">
        <p>
          <b>
            {this.props.what} {isFile ? 'could not be loaded' : 'stopped because of a fault in this page'}.
          </b>{' '}
          Since {clockTime(since)}.
        </p>
        <button
          type="button"
          className="button"
          onClick={() => (isFile ? window.location.reload() : this.setState({ since: null }))}
        >
          {isFile ? 'Load the page again' : `Show ${this.props.what.toLowerCase()} again`}
        </button>
      </div>
    )
  }
}
