import { longestDesk } from '@toneout/contract/model/handover.ts'
import { useSyncExternalStore } from 'react'
import { createListeners } from '../ui/store.ts'

/** Of this browser, not of the person: a desk stays where it is when its shift changes. */
const storageKey = 'toneout.desk'
const seenKey = 'toneout.handover.seen'
const { tell, subscribe } = createListeners()

/** Storage can be forbidden; what is kept then holds until the page is left. */
const spare = new Map<string, string>()

function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? spare.get(key) ?? ''
  } catch {
    return spare.get(key) ?? ''
  }
}

function write(key: string, value: string) {
  spare.set(key, value)
  try {
    localStorage.setItem(key, value)
  } catch {
    // As said above.
  }
  tell()
}

function listen(listener: () => void) {
  const leave = subscribe(listener)
  // Another window of this browser is at the same desk.
  window.addEventListener('storage', listener)
  return () => {
    leave()
    window.removeEventListener('storage', listener)
  }
}

export const chooseDesk = (name: string) => write(storageKey, name.trim().slice(0, longestDesk))

/** The desk that this browser stands on; empty while nobody has said so. */
export const useDesk = () => useSyncExternalStore(listen, () => read(storageKey))

/** The newest note that was read at this browser, by its number. */
export const useSeenNote = () => useSyncExternalStore(listen, () => Number(read(seenKey)) || 0)
export const markSeen = (id: number) => write(seenKey, String(id))
