import { setImmediate as turn } from 'node:timers/promises'

/** Milliseconds that long work may hold the event loop at once: requests wait no longer for it. */
const longestMs = 8

/** For long work to wait for between its parts: lets others have their turn when it is time. */
export function createBreather(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < longestMs) return
    await turn()
    since = performance.now()
  }
}
