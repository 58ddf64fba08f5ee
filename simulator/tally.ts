import { createHistogram } from 'node:perf_hooks'
import type { Exchange } from './agent.ts'

/** What happened so far; read while a run goes on. */
export type Tally = ReturnType<typeof openTally>

/** Incidents that are open now, that the demo has sent units to and closed; crews bound now and in all. */
export type CentreCounts = { open: number; dispatched: number; closed: number; busy: number; crews: number }

export function openTally() {
  const latency = createHistogram()
  const errors = new Map<string, number>()
  const count = (what: string) => errors.set(what, (errors.get(what) ?? 0) + 1)
  const tally = {
    requests: 0,
    retries: 0,
    callsStarted: 0,
    callsOpen: 0,
    callsEnded: 0,
    /** Calls whose client went away: nobody will complete them. */
    callsLost: 0,
    lines: 0,
    /** Undefined while nobody dispatches. */
    centre: undefined as CentreCounts | undefined,
    /** Refusals and missing replies: `operation status`, or `operation no reply` -> how often. */
    errors,
    /** Microseconds from request to reply. */
    latency,
    fault: count,
    exchanged(exchange: Exchange) {
      tally.requests += 1
      if (exchange.retried) tally.retries += 1
      if (exchange.status === 0) count(`${exchange.id} no reply`)
      else if (exchange.status >= 400) count(`${exchange.id} ${exchange.status}`)
      latency.record(Math.max(1, Math.round(exchange.ms * 1_000)))
    },
  }
  return tally
}
