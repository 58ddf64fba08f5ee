import type { CrewView } from '@toneout/contract/model/crew.ts'
import { change, compareClocks, current } from './crew-store.ts'
import { ask, Refused, reason } from './session.ts'
import { keep } from './storage.ts'

/** Three heartbeats missed: the connection is dead even if the network has not said so. */
const silenceMs = 15_000
const slowestRetryMs = 15_000

let loading: Promise<void> | undefined
let again = false

async function loadOnce(): Promise<void> {
  const { person } = current()
  try {
    const view = await ask<CrewView>('GET', '/api/crew/')
    compareClocks(view.at)
    if (current().person?.id !== person?.id || !person) return
    change({ view, viewReadAt: Date.now(), fault: null, isRemembered: false })
    await keep({ person, view }).catch(() => {})
  } catch (error) {
    if (error instanceof Refused && error.status === 401) change({ person: null })
    else change({ fault: reason(error) })
  }
}

/** Reads anew what the crew sees; several wishes at once are one reading, and one more after it. */
export function load(): Promise<void> {
  again = true
  loading ??= (async () => {
    try {
      while (again) {
        again = false
        await loadOnce()
      }
    } finally {
      loading = undefined
    }
  })()
  return loading
}

/** Whether the server has another version of this page than the one that runs. */
async function lookForVersion(): Promise<void> {
  const own = new URL(import.meta.url).pathname
  const reply = await fetch('/unit', { cache: 'no-store' })
  const page = await reply.text()
  if (reply.ok && page.includes('/assets/') && own.startsWith('/assets/')) {
    change({ isOld: !page.includes(own) })
  }
}

/**
 * Hears when something changed, and comes back by itself after a drop or silence; gives its end. `onLive` is
 * called whenever a connection has begun.
 */
export function followCrew(onLive: () => void): () => void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let tries = 0
  let hasSpoken = false

  const later = (ms: number, act: () => void) => {
    clearTimeout(timer)
    timer = setTimeout(act, ms)
  }
  const reopen = () => {
    source?.close()
    change({ isConnected: false })
    void load()
    const wait = Math.min(slowestRetryMs, 500 * 2 ** tries++) * (0.5 + Math.random() / 2)
    later(wait, start)
  }
  const heard = () => {
    change({ heardAt: Date.now(), isConnected: true })
    later(silenceMs, reopen)
  }
  const start = () => {
    const own = new EventSource('/api/crew/stream/')
    source = own
    own.addEventListener('hello', () => {
      tries = 0
      heard()
      void load().then(onLive)
      if (hasSpoken) void lookForVersion().catch(() => {})
      hasSpoken = true
    })
    own.addEventListener('changed', () => {
      heard()
      void load()
    })
    own.addEventListener('heartbeat', (event) => {
      compareClocks((JSON.parse(event.data) as { at: string }).at)
      heard()
    })
    own.addEventListener('error', () => {
      if (source === own) reopen()
    })
    later(silenceMs, reopen)
  }
  const online = () => {
    tries = 0
    if (!current().isConnected) later(0, start)
  }
  window.addEventListener('online', online)
  start()
  return () => {
    window.removeEventListener('online', online)
    clearTimeout(timer)
    source?.close()
    source = undefined
    change({ isConnected: false })
  }
}
