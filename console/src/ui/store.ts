import { useSyncExternalStore } from 'react'

/** Who is told when something that several components show has changed. */
export function createListeners() {
  const listeners = new Set<() => void>()
  return {
    tell() {
      for (const listener of listeners) listener()
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}

/** A value that several components show. `now` gives the same one until it is set anew. */
export function createStore<T>(first: T) {
  let value = first
  const { tell, subscribe } = createListeners()
  const now = () => value
  return {
    now,
    set(next: T) {
      value = next
      tell()
    },
    /** Hears of every change, for parts that are no components. */
    subscribe,
    use: (): T => useSyncExternalStore(subscribe, now),
  }
}
