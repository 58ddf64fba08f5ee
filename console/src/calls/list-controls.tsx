import { useEffect, useRef, useState } from 'react'
import type { Show } from '../live/listing.ts'
import { shows } from '../live/listing.ts'
import { SearchIcon } from '../ui/icons.tsx'
import { changeView, useView } from './view-store.ts'

const names: Record<Show, string> = { all: 'All', active: 'Active', ended: 'Ended', lost: 'Lost contact' }

export function ListControls() {
  const { show } = useView()
  return (
    <>
      <search className="search">
        <SearchBox />
      </search>
      <fieldset className="segments" aria-label="Calls to list">
        {shows.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === show}
            onClick={() => changeView({ show: each }, true)}
          >
            {names[each]}
          </button>
        ))}
      </fieldset>
    </>
  )
}

const pauseMs = 250

/** Searches when typing pauses; the address follows, so a reload or a bookmark finds the same list. */
function SearchBox() {
  const { search } = useView()
  const [typed, setTyped] = useState(search)
  const own = useRef(search)

  useEffect(() => {
    // The Back button or a cleared search changes it from outside; our own change comes back as it was typed.
    if (search !== own.current) setTyped(search)
    own.current = search
  }, [search])

  useEffect(() => {
    const words = typed.trim()
    if (words === own.current) return
    const timer = setTimeout(() => {
      own.current = words
      changeView({ search: words })
    }, pauseMs)
    return () => clearTimeout(timer)
  }, [typed])

  return (
    <label>
      <SearchIcon />
      <input
        type="search"
        aria-label="Search calls"
        placeholder="Number, place, words"
        maxLength={200}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </label>
  )
}
