/** Milliseconds for which somebody who asked counts as asking. */
const askingMs = 1_000
/** Requests waiting at once; what is more goes on at once, to the limits that come behind. */
const mostWaiting = 10_000

export type FairShare = {
  /** Begins a request of the caller; a promise of its turn when the caller has its share already. */
  enter: (caller: string) => Promise<void> | undefined
  /** Ends one that was begun. */
  leave: (caller: string) => void
}

type Share = { running: number; waiting: (() => void)[] }

/**
 * Keeps one caller from filling the queues that all share, such as the next group commit or the connections
 * to the database. While others ask too, `mostBeside` requests of one caller are under way at once, and what
 * is more waits for its turn. Who asks alone has all. Nobody is refused. `now` is in milliseconds.
 */
export function createFairShare(mostBeside: number, now: () => number): FairShare {
  const shares = new Map<string, Share>()
  let newest = ''
  /** When somebody other than the newest caller asked last. */
  let othersAt = Number.NEGATIVE_INFINITY
  let newestAt = Number.NEGATIVE_INFINITY
  let waiting = 0

  function note(caller: string, at: number): void {
    if (caller !== newest) {
      othersAt = newestAt
      newest = caller
    }
    newestAt = at
  }

  /** Whether nobody but the caller asked lately. */
  const isAlone = (caller: string, at: number) => at - (caller === newest ? othersAt : newestAt) > askingMs

  return {
    enter(caller) {
      const at = now()
      note(caller, at)
      const share = shares.get(caller)
      if (!share) {
        shares.set(caller, { running: 1, waiting: [] })
        return undefined
      }
      if (share.running < mostBeside || isAlone(caller, at) || waiting >= mostWaiting) {
        share.running += 1
        return undefined
      }
      waiting += 1
      return new Promise((go) => share.waiting.push(go))
    },
    leave(caller) {
      const share = shares.get(caller)
      if (!share) return
      share.running -= 1
      while (share.running < mostBeside || isAlone(caller, now())) {
        const next = share.waiting.shift()
        if (!next) break
        share.running += 1
        waiting -= 1
        next()
      }
      if (share.running === 0) shares.delete(caller)
    },
  }
}
