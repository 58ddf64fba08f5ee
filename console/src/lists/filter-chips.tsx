import { changeQuery, useQueryWords } from '../frame/address.ts'
import { CloseIcon } from '../ui/icons.tsx'
import { type CallsQuery, chipsOf, sortedBy } from './list-query.ts'

/** The filters that are set, each with what takes it away, and how the list is sorted. */
export function FilterChips({ query }: { query: CallsQuery }) {
  const chips = chipsOf(useQueryWords())
  return (
    <div className="chips">
      {chips.map(({ name, label, words, clears }) => (
        <span key={name} className="chip-filter">
          {label} <b>{words}</b>
          <button
            type="button"
            className="icon-button"
            aria-label={`Take the filter ${label} away`}
            onClick={() => changeQuery(clears)}
          >
            <CloseIcon />
          </button>
        </span>
      ))}
      <span className="sorted-by">Sorted by {sortedBy(query)}</span>
    </div>
  )
}
