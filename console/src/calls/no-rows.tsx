import type { Filter, Show } from '../live/listing.ts'
import { Empty } from '../ui/panel-states.tsx'
import { changeView } from './view-store.ts'

const why: Record<Show, string> = {
  all: 'No call yet. A call appears here as soon as the AI dispatcher reports it.',
  active: 'No call is active.',
  ended: 'No call has ended yet.',
  lost: 'No call has lost contact.',
}

/** Says why the list is empty and what to do next. */
export function NoRows({ filter }: { filter: Filter }) {
  if (filter.search === '') return <Empty>{why[filter.show]}</Empty>
  return (
    <Empty>
      No call matches “{filter.search}”. Numbers, locations, incident numbers and whole words of transcripts
      are searched.{' '}
      <button type="button" className="button" onClick={() => changeView({ search: '' })}>
        Clear the search
      </button>
    </Empty>
  )
}
