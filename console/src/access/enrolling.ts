import { useSyncExternalStore } from 'react'

/**
 * Whether an authenticator app is being set up, or recovery codes are replaced. It covers every page until
 * it is done, as the codes are shown once: neither the Back button nor a session that is read again may take
 * them away.
 */
type Enrolling = 'app' | 'codes' | false

let enrolling: Enrolling = false
const listeners = new Set<() => void>()

export function setEnrolling(what: Enrolling) {
  enrolling = what
  for (const listener of listeners) listener()
}

export function useEnrolling(): Enrolling {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => enrolling,
  )
}
