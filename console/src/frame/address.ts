import { useSyncExternalStore } from 'react'
import { type Path, pathOf } from './paths.ts'

/** The address as it is now; it changes with every step, so whoever reads it twice compares texts. */
const current = () => window.location.pathname + window.location.search

function listen(listener: () => void) {
  window.addEventListener('popstate', listener)
  return () => window.removeEventListener('popstate', listener)
}

/** Goes to a page of ours without loading everything again. All who follow the address are told. */
export function go(to: string, how: 'step' | 'replace' = 'step') {
  if (to === current()) return
  if (how === 'step') window.history.pushState(null, '', to)
  else window.history.replaceState(null, '', to)
  window.dispatchEvent(new PopStateEvent('popstate'))
}

/** The path as it stands in the address, with what is behind a page's name. */
export const usePathText = () => useSyncExternalStore(listen, () => window.location.pathname)

export function usePath(): Path {
  return pathOf(useSyncExternalStore(listen, () => window.location.pathname))
}

/** What the query of the address says, and a way to change it; an empty value leaves it. */
export function useQueryWords() {
  const text = useSyncExternalStore(listen, () => window.location.search)
  return new URLSearchParams(text)
}

export function changeQuery(change: Readonly<Record<string, string>>, how: 'step' | 'replace' = 'step') {
  const words = new URLSearchParams(window.location.search)
  for (const [name, value] of Object.entries(change)) {
    if (value === '') words.delete(name)
    else words.set(name, value)
  }
  go(window.location.pathname + (words.size === 0 ? '' : `?${words}`), how)
}
