import { useEffect, useRef, useState } from 'react'
import { SearchIcon } from '../ui/icons.tsx'
import { changeQuery, useQueryWords } from './address.ts'

const pauseMs = 250

type SearchProps = { what: string; placeholder: string; longest: number }

/** Searches when typing pauses; the address follows, so a reload or a bookmark finds the same list. */
export function ListSearch({ what, placeholder, longest }: SearchProps) {
  const search = useQueryWords().get('search') ?? ''
  const [typed, setTyped] = useState(search)
  const own = useRef(search)
  useEffect(() => {
    // The Back button changes it from outside; our own change comes back as it was typed.
    if (search !== own.current) setTyped(search)
    own.current = search
  }, [search])
  useEffect(() => {
    const words = typed.trim()
    if (words === own.current) return
    const timer = setTimeout(() => {
      own.current = words
      changeQuery({ search: words }, 'replace')
    }, pauseMs)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <search className="search">
      <label>
        <SearchIcon />
        <input
          type="search"
          aria-label={`Search ${what}`}
          placeholder={placeholder}
          maxLength={longest}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
    </search>
  )
}
