import { useSyncExternalStore } from 'react'

/**
 * Whether an authenticator app is being set up. It covers every page until it is done, as its recovery codes
 * are shown once: neither the Back button nor a session that is read again may take them away.
 */
let enrolling = false
const listeners = new Set<() => void>()

export function setEnrolling(is: boolean) {
  enrolling = is
  for (const listener of listeners) listener()
}

export function useEnrolling(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => enrolling,
  )
}
