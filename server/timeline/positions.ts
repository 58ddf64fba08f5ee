import type { Context } from '../context.ts'
import { createMovements, type PositionsEvent } from './movements.ts'

/** A stream, and the newest move it was sent. */
export type Viewer = { seen: number; offer: (bytes: Buffer) => boolean }

export type Positions = {
  /** Before a stream greets its reader: the number of the move that the reader has seen then. */
  begin: () => Promise<number>
  stop: () => void
}

const restMs = 1_000

/**
 * Sends where units are to all viewers, at most once a second, while there are any. One that still has
 * something unread is left out and gets the last places once it has read.
 */
export function sendPositions(
  ctx: Pick<Context, 'db' | 'log'>,
  viewers: ReadonlySet<Viewer>,
  isExpecting: () => boolean,
): Positions {
  const movements = createMovements(ctx.db)
  let isAway = false

  function show(): void {
    // Most viewers have seen the same.
    const events = new Map<number, PositionsEvent | undefined>()
    for (const viewer of viewers) {
      const { seen } = viewer
      if (!events.has(seen)) events.set(seen, movements.eventAfter(seen))
      const event = events.get(seen)
      if (event && viewer.offer(event.bytes)) viewer.seen = event.seen
    }
  }

  async function turn(): Promise<void> {
    if (viewers.size === 0) {
      if (!isExpecting()) movements.rest()
      return
    }
    try {
      await movements.look()
      show()
      isAway = false
    } catch (error) {
      const { code } = error as { code?: string }
      if (!isAway) ctx.log.warn({ code }, 'positions could not be read')
      isAway = true
    }
  }

  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  const again = () => {
    if (!isStopped) timer = setTimeout(() => void turn().finally(again), restMs)
  }
  again()

  return {
    async begin() {
      await movements.begin()
      return movements.newest()
    },
    stop: () => {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
