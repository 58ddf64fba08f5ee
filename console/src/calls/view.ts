import type { Filter, Show } from '../live/listing.ts'
import { shows } from '../live/listing.ts'

/** What the page shows, as its address says it: a view can be bookmarked or opened in another tab. */
export type View = Filter & { readonly call: string | null }

const isShow = (word: string | null): word is Show => shows.includes(word as Show)

/** The server takes at most this many characters of search and of a call_sid. */
const longest = { search: 200, call: 100 }

/** Anything the address does not say, or says wrongly, takes its ordinary value. */
export function readView(query: string): View {
  const words = new URLSearchParams(query)
  const show = words.get('show')
  return {
    show: isShow(show) ? show : 'all',
    search: (words.get('search') ?? '').slice(0, longest.search).trim(),
    call: words.get('call')?.slice(0, longest.call) || null,
  }
}

/** The query of the address, ordinary values left out; '' for the ordinary view. */
export function writeView(view: View): string {
  const words = new URLSearchParams()
  if (view.show !== 'all') words.set('show', view.show)
  if (view.search !== '') words.set('search', view.search)
  if (view.call !== null) words.set('call', view.call)
  return words.size === 0 ? '' : `?${words}`
}
