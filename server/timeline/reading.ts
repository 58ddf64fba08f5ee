import type { LiveFact } from '@toneout/contract/model/fact.ts'

/** Reads facts after a cursor, in order, at most `limit`. */
export type ReadFacts = (after: number, limit: number) => Promise<LiveFact[]>

/** Facts read at once at most. */
export const pageSize = 500

export type Reading = {
  /**
   * Reads to the end of the timeline; resolves false when that failed. Wakes in the meantime are not lost.
   */
  wake: () => Promise<boolean>
  cursor: () => number
  /** Moves the cursor; only while nobody reads along. */
  moveTo: (cursor: number) => void
}

export type ReadingOptions = {
  read: ReadFacts
  /** Whether anybody reads along; the cursor rests otherwise. */
  wanted: () => boolean
  deliver: (facts: readonly LiveFact[]) => void
  onFault: (error: unknown) => void
}

/** The common reading of the timeline: one query at a time, whatever wakes it. */
export function createReading({ read, wanted, deliver, onFault }: ReadingOptions): Reading {
  let cursor = 0
  let again = false
  let running: Promise<boolean> | undefined

  async function readOn(): Promise<boolean> {
    try {
      do {
        again = false
        if (!wanted()) return true
        const from = cursor
        const page = await read(from, pageSize)
        // Everybody left and somebody with another cursor came while this page was read: it is not theirs.
        if (cursor !== from) again = true
        else {
          cursor = page.at(-1)?.id ?? cursor
          if (page.length === pageSize) again = true
          deliver(page)
        }
      } while (again)
      return true
    } catch (error) {
      onFault(error)
      return false
    }
  }

  function wake(): Promise<boolean> {
    again = true
    running ??= readOn().finally(() => {
      running = undefined
      // A wake between the last look at `again` and here would otherwise wait for the next one.
      if (again) void wake()
    })
    return running
  }

  return {
    wake,
    cursor: () => cursor,
    moveTo: (to) => {
      cursor = to
    },
  }
}
