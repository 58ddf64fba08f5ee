import type { Filter, Show } from '../live/listing.ts'
import { amount, dash } from '../ui/format.ts'
import { Failed, Skeleton } from '../ui/panel-states.tsx'
import { AsOf } from './as-of.tsx'
import { CallTable } from './call-table.tsx'
import { ListControls } from './list-controls.tsx'
import { NoRows } from './no-rows.tsx'
import { useCallList, useCount } from './use-calls.ts'
import { useView } from './view-store.ts'

const titles: Record<Show, string> = {
  all: 'All calls',
  active: 'Active calls',
  ended: 'Ended calls',
  lost: 'Calls that lost contact',
}

export function AllCallsPanel() {
  const { show, search } = useView()
  const filter = { show, search }
  const list = useCallList(filter)
  const whole = list.query.data !== undefined && list.end === 'whole'
  const counted = useCount(filter, list.query.data !== undefined && !whole)
  const count = whole ? { count: list.rows.length, exact: true } : counted
  return (
    <section className="panel all-calls" aria-labelledby="all-calls-title">
      <header className="panel-head">
        <h2 id="all-calls-title">{titles[show]}</h2>
        <span className="count">{count ? amount(count.count, count.exact) : dash}</span>
        <AsOf />
        <ListControls />
      </header>
      <List key={`${show} ${search}`} filter={filter} list={list} />
    </section>
  )
}

type ListProps = { filter: Filter; list: ReturnType<typeof useCallList> }

/** Made anew for each filter, so that a new list begins at its top. */
function List({ filter, list: { query, rows, end } }: ListProps) {
  if (query.isPending) return <Skeleton rows={12} what="calls" />
  return (
    <>
      {query.isError && (
        <Failed
          what={rows.length > 0 ? 'Older calls' : 'The list of calls'}
          error={query.error}
          since={query.errorUpdatedAt}
          retry={() => void (query.isFetchNextPageError ? query.fetchNextPage() : query.refetch())}
          busy={query.isFetching}
        />
      )}
      {query.data && rows.length === 0 && <NoRows filter={filter} />}
      {rows.length > 0 && (
        <CallTable
          rows={rows}
          end={end}
          loadMore={() => {
            if (!query.isFetching && !query.isFetchNextPageError) void query.fetchNextPage()
          }}
        />
      )}
    </>
  )
}
