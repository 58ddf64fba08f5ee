import { createStore } from '../ui/store.ts'
import type { View } from './view.ts'
import { readView, writeView } from './view.ts'

const view = createStore<View>(readView(window.location.search))

window.addEventListener('popstate', () => view.set(readView(window.location.search)))

export const currentView = view.now
export const useView = view.use

/**
 * Changes the view and the address with it. `step` makes a step that the Back button undoes; without it the
 * address is rewritten, so that moving through a list does not fill the history.
 */
export function changeView(change: Partial<View>, step = false) {
  const next = { ...view.now(), ...change }
  const address = window.location.pathname + writeView(next)
  if (step) window.history.pushState(null, '', address)
  else window.history.replaceState(null, '', address)
  view.set(next)
}
