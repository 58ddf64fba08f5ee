import type { Filter, Show } from '../live/listing.ts'
import { shows } from '../live/listing.ts'

/** What the page shows, as its address says it: a view can be bookmarked or opened in another tab. */
export type View = Filter & {
  /** At most one of the two is selected. */
  readonly call: string | null
  readonly incident: number | null
  /** Which boards a screen shows that has no room for all of them. */
  readonly boards: Boards
  /** What the last column shows where it has room for one only. */
  readonly field: Field
}

export const boardSets = ['calls', 'incidents'] as const
export type Boards = (typeof boardSets)[number]
export const fields = ['map', 'units'] as const
export type Field = (typeof fields)[number]

const isShow = (word: string | null): word is Show => shows.includes(word as Show)

/** The server takes at most this many characters of search and of a call_sid. */
const longest = { search: 200, call: 100 }

const readId = (word: string | null) => (/^[1-9]\d{0,14}$/.test(word ?? '') ? Number(word) : null)

/** Anything the address does not say, or says wrongly, takes its ordinary value. */
export function readView(query: string): View {
  const words = new URLSearchParams(query)
  const show = words.get('show')
  const incident = readId(words.get('incident'))
  return {
    show: isShow(show) ? show : 'all',
    search: (words.get('search') ?? '').slice(0, longest.search).trim(),
    call: incident === null ? words.get('call')?.slice(0, longest.call) || null : null,
    incident,
    boards: words.get('boards') === 'incidents' ? 'incidents' : 'calls',
    field: words.get('field') === 'units' ? 'units' : 'map',
  }
}

/** The query of the address, ordinary values left out; '' for the ordinary view. */
export function writeView(view: View): string {
  const words = new URLSearchParams()
  if (view.show !== 'all') words.set('show', view.show)
  if (view.search !== '') words.set('search', view.search)
  if (view.call !== null) words.set('call', view.call)
  if (view.incident !== null) words.set('incident', String(view.incident))
  if (view.boards !== 'calls') words.set('boards', view.boards)
  if (view.field !== 'map') words.set('field', view.field)
  return words.size === 0 ? '' : `?${words}`
}
