import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'

/** Exports at once, of a caller and of this process: each holds a connection. */
const most = { caller: 2, process: 4 }

const busy = 'You have two exports running; wait until one of them has ended.'

/** Counts what runs, by caller. */
export function createPlaces() {
  const taken = new Map<string, number>()
  let all = 0
  return {
    /** Gives what frees the place again. */
    take({ kind, id }: Actor): (() => void) | Refusal {
      const who = `${kind} ${id}`
      const own = taken.get(who) ?? 0
      if (own >= most.caller) return refuse('rate_limited', { detail: busy, retryAfterSeconds: 5 })
      if (all >= most.process) return refuse('unavailable', { retryAfterSeconds: 5 })
      taken.set(who, own + 1)
      all += 1
      return () => {
        all -= 1
        const left = (taken.get(who) ?? 1) - 1
        if (left > 0) taken.set(who, left)
        else taken.delete(who)
      }
    },
  }
}
