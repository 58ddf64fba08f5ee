import type { ReactNode } from 'react'
import { clockTime } from '../ui/format.ts'
import { Empty, Failed, type FailedRead, Skeleton } from '../ui/panel-states.tsx'

/** What a list needs to know of the query that reads it. */
type Read = FailedRead & {
  isPending: boolean
  isError: boolean
  dataUpdatedAt: number
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => Promise<unknown>
}

type BodyProps = { what: string; read: Read; count: number; empty: ReactNode; children: ReactNode }

/** A list in every state it can be in. */
export function ListBody({ what, read, count, empty, children }: BodyProps) {
  return (
    <>
      {read.isError && <Failed what={what} read={read} />}
      <div className="scroll">
        {read.isPending && <Skeleton rows={8} what={what.toLowerCase()} />}
        {!read.isPending && !read.isError && count === 0 && <Empty>{empty}</Empty>}
        {count > 0 && children}
        {count > 0 && (
          <p className="list-end">
            {read.hasNextPage ? (
              <button
                type="button"
                className="button"
                aria-disabled={read.isFetchingNextPage}
                onClick={() => read.isFetchingNextPage || void read.fetchNextPage()}
              >
                Load more
              </button>
            ) : (
              `These are all of this list, as of ${clockTime(read.dataUpdatedAt)}.`
            )}
          </p>
        )}
      </div>
    </>
  )
}
