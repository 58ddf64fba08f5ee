import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'

/** Exports at once, of a caller and of this process: each holds a connection. */
const most = { caller: 2, process: 4 }

const busy = 'You have two exports running; wait until one of them has ended.'

/** Each is called once: `leave` when the file has left, `end` when its connection is given back. */
export type Place = { leave: () => void; end: () => void }

/** Counts what runs, by caller. */
export function createPlaces() {
  const taken = new Map<string, number>()
  let all = 0
  return {
    /** Gives what frees the place again: the caller's own at once, that of the process when all has ended. */
    take({ kind, id }: Actor): Place | Refusal {
      const who = `${kind} ${id}`
      const own = taken.get(who) ?? 0
      if (own >= most.caller) return refuse('rate_limited', { detail: busy, retryAfterSeconds: 5 })
      if (all >= most.process) return refuse('unavailable', { retryAfterSeconds: 5 })
      taken.set(who, own + 1)
      all += 1
      return {
        leave() {
          const left = (taken.get(who) ?? 1) - 1
          if (left > 0) taken.set(who, left)
          else taken.delete(who)
        },
        end() {
          all -= 1
        },
      }
    },
  }
}
