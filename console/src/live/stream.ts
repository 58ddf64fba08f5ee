import { address } from '@toneout/contract/client.ts'
import type { LiveFact, MovedUnits } from '@toneout/contract/model/fact.ts'

/** The part of EventSource that is used, so that tests can speak in its place. */
export type Source = {
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void
  close(): void
}

export type Timers = {
  /** Runs `action` after `ms` unless it is called off. */
  after(ms: number, action: () => void): () => void
  random(): number
}

export type Hearer = {
  /** A connection speaks; `cursor` is where the timeline begins for a page that has read nothing yet. */
  hello(cursor: number): void
  fact(fact: LiveFact): void
  heartbeat(serverAt: number): void
  /** Where units are now. It is no fact, and nothing is owed of it after a drop. */
  positions(units: MovedUnits['units']): void
  /** The gap is too long to replay: what is shown must be loaded again. */
  reset(cursor: number): void
  /** The connection ended. It may have been refused, which EventSource does not tell from a fault. */
  lost(): void
}

/** Nothing for three heartbeats: the connection is dead even if the network has not said so. */
const silenceMs = 15_000
/** A line that works again is found within this, so that a desk is without a gap 2 s after it. */
const slowestRetryMs = 1_500

/** Waits 0.25 s, 0.5 s … 1.5 s, each cut by up to half, so that desks do not all come back at one instant. */
export function retryDelay(tries: number, random: number): number {
  return Math.min(slowestRetryMs, 250 * 2 ** tries) * (1 - random / 2)
}

/**
 * Follows the timeline and comes back by itself after a drop, a refusal or silence. It reopens by itself
 * instead of leaving that to EventSource, which waits 3 s, gives up after a refusal and does not notice a
 * silent connection. `hurry` ends a wait that has become needless.
 */
export function followTimeline(open: (url: string) => Source, hearer: Hearer, timers: Timers) {
  const state = { cursor: null as number | null, tries: 0, source: null as Source | null, isOver: false }
  let callOff = () => {}

  const reopen = () => {
    state.source?.close()
    state.source = null
    callOff()
    hearer.lost()
    callOff = timers.after(retryDelay(state.tries++, timers.random()), start)
  }
  const heard = () => {
    callOff()
    callOff = timers.after(silenceMs, reopen)
  }
  const start = () => {
    const after = state.cursor ?? undefined
    const source = open(address('streamFacts', { query: { after } }))
    state.source = source
    const on = (type: string, act: (event: MessageEvent<string>) => void) =>
      source.addEventListener(type, (event) => {
        if (state.source !== source) return
        heard()
        act(event)
      })
    on('hello', (event) => {
      state.tries = 0
      // A resumed stream still owes the facts after our cursor, whatever place its greeting names.
      state.cursor ??= cursorOf(event)
      hearer.hello(state.cursor)
    })
    on('fact', (event) => {
      const fact = JSON.parse(event.data) as LiveFact
      state.cursor = Math.max(state.cursor ?? 0, fact.id)
      hearer.fact(fact)
    })
    on('heartbeat', (event) => hearer.heartbeat(Date.parse((JSON.parse(event.data) as { at: string }).at)))
    on('positions', (event) => hearer.positions((JSON.parse(event.data) as MovedUnits).units))
    on('reset', (event) => {
      state.cursor = cursorOf(event)
      hearer.reset(state.cursor)
    })
    source.addEventListener('error', () => {
      if (state.source === source) reopen()
    })
    heard()
  }

  start()
  return {
    hurry() {
      if (state.source !== null || state.isOver) return
      callOff()
      start()
    },
    end() {
      state.isOver = true
      callOff()
      state.source?.close()
      state.source = null
    },
  }
}

function cursorOf(event: MessageEvent<string>): number {
  const told = event.data === '' ? undefined : (JSON.parse(event.data) as { cursor?: number } | null)?.cursor
  return told ?? Number(event.lastEventId || 0)
}
