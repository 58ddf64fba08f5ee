import { useSyncExternalStore } from 'react'
import type { View } from './view.ts'
import { readView, writeView } from './view.ts'

let view = readView(window.location.search)
const listeners = new Set<() => void>()

function set(next: View) {
  view = next
  for (const listener of listeners) listener()
}

window.addEventListener('popstate', () => set(readView(window.location.search)))

export const currentView = () => view

/**
 * Changes the view and the address with it. `step` makes a step that the Back button undoes; without it the
 * address is rewritten, so that moving through a list does not fill the history.
 */
export function changeView(change: Partial<View>, step = false) {
  const next = { ...view, ...change }
  const address = window.location.pathname + writeView(next)
  if (step) window.history.pushState(null, '', address)
  else window.history.replaceState(null, '', address)
  set(next)
}

export function useView(): View {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, currentView)
}
