import type { LiveFact } from '@toneout/contract/model/fact.ts'

/** Reads facts after a cursor, in order, at most `limit`. */
export type ReadFacts = (after: number, limit: number) => Promise<LiveFact[]>

/** One listener of the live stream. `send` gets facts in order; false means it cannot keep up and is let go. */
export type Reader = { cursor: number; send: (facts: readonly SerializedFact[]) => boolean; gone: () => void }

/** A fact as it goes out: serialised once, written to every reader. */
export type SerializedFact = { id: number; text: string }

export type Follower = {
  /** Something was committed: read on. */
  wake: () => void
  /** Adds a reader at its cursor; it catches up by itself, then shares the common reading. */
  join: (reader: Reader) => Promise<void>
  leave: (reader: Reader) => void
  readers: () => number
  /** Resolves true when the timeline could be read to its end just now. */
  drained: () => Promise<boolean>
}

const pageSize = 500

export function serialize(fact: LiveFact): SerializedFact {
  return { id: fact.id, text: `id: ${fact.id}\nevent: fact\ndata: ${JSON.stringify(fact)}\n\n` }
}

/**
 * One reader of the timeline for all streams of the process. Facts become visible in ascending order (see record.ts),
 * so reading `id > cursor` loses none; each stream keeps its own cursor, so none is sent twice.
 */
export function createFollower(read: ReadFacts, onFault: (error: unknown) => void): Follower {
  const readers = new Set<Reader>()
  let cursor = 0
  let reading: Promise<boolean> | undefined
  let again = false

  function deliver(reader: Reader, facts: readonly SerializedFact[]): void {
    const fresh =
      facts[0] && facts[0].id > reader.cursor ? facts : facts.filter((one) => one.id > reader.cursor)
    const last = fresh.at(-1)
    if (!last) return
    reader.cursor = last.id
    if (reader.send(fresh)) return
    readers.delete(reader)
    reader.gone()
  }

  async function readOn(): Promise<boolean> {
    try {
      do {
        again = false
        if (readers.size === 0) return true
        const from = cursor
        const page = await read(from, pageSize)
        // Everybody left and somebody with another cursor came while this page was read: it is not theirs.
        if (cursor !== from) again = true
        else {
          cursor = page.at(-1)?.id ?? cursor
          if (page.length === pageSize) again = true
          const facts = page.map(serialize)
          for (const reader of readers) deliver(reader, facts)
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
    reading ??= readOn().finally(() => {
      reading = undefined
      // A wake between the last look at `again` and here would otherwise wait for the next one.
      if (again) void wake()
    })
    return reading
  }

  return {
    wake: () => void wake(),
    async join(reader) {
      for (;;) {
        // The common cursor moves only while someone reads along; alone, the new reader brings its own.
        if (readers.size === 0) cursor = reader.cursor
        if (reader.cursor >= cursor) break
        const page = await read(reader.cursor, pageSize)
        if (page.length === 0) break
        const last = page.at(-1) as LiveFact
        const sent = reader.send(page.map(serialize))
        reader.cursor = last.id
        if (!sent) return reader.gone()
      }
      readers.add(reader)
      void wake()
    },
    leave: (reader) => {
      readers.delete(reader)
    },
    readers: () => readers.size,
    drained: wake,
  }
}
