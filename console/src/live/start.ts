import { watchTime } from './clock.ts'
import type { Live } from './live.ts'
import { followTimeline, type Source, type Timers } from './stream.ts'

/** A page is not kept waiting longer than this for the feed before it loads its lists without it. */
const patienceMs = 3_000

const timers: Timers = {
  random: () => Math.random(),
  after: (ms, action) => {
    const timer = setTimeout(action, ms)
    return () => clearTimeout(timer)
  },
}

/**
 * Opens the feed, before anything is loaded: what happens while the lists are on their way arrives as facts.
 */
export function startLive(live: Live, openSource: (url: string) => Source): () => void {
  const feed = followTimeline(openSource, live, timers)
  const endWatch = watchTime((now) => live.watch(now))
  const callOff = timers.after(patienceMs, () => live.set({ ready: true }))
  const network = () => {
    live.set({ online: navigator.onLine })
    if (navigator.onLine) feed.hurry()
  }
  // A hidden page's timers run late: whoever looks at it again does not wait for one.
  const seen = () => {
    if (!document.hidden) feed.hurry()
  }
  window.addEventListener('online', network)
  window.addEventListener('offline', network)
  document.addEventListener('visibilitychange', seen)
  return () => {
    feed.end()
    endWatch()
    callOff()
    window.removeEventListener('online', network)
    window.removeEventListener('offline', network)
    document.removeEventListener('visibilitychange', seen)
  }
}
