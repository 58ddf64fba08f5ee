import { useSyncExternalStore } from 'react'
import { createStore } from '../ui/store.ts'
import { afterPaint } from './after-paint.ts'
import type { View } from './view.ts'
import { readView, writeView } from './view.ts'

const view = createStore<View>(readView(window.location.search))

window.addEventListener('popstate', () => view.set(readView(window.location.search)))

export const currentView = view.now
export const useView = view.use
/** Tells of every change, for parts that draw nothing. */
export const subscribeView = view.subscribe

/** One part of the view; a component wakes only when that part changes. */
export function useViewPart<Name extends keyof View>(name: Name): View[Name] {
  return useSyncExternalStore(view.subscribe, () => view.now()[name])
}

/** The view as it was painted last, for what may follow a paint later. */
const drawn = createStore(view.now())
export const useDrawnView = drawn.use
let isWaiting = false

view.subscribe(() => {
  if (isWaiting) return
  isWaiting = true
  afterPaint(() => {
    isWaiting = false
    drawn.set(view.now())
  })
})

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
