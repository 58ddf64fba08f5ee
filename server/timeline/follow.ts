import type { LiveFact } from '@toneout/contract/model/fact.ts'
import { createReading, pageSize, type ReadFacts } from './reading.ts'

export type { ReadFacts } from './reading.ts'

/** A fact as it goes out: serialised once, written to every reader. */
export type SerializedFact = { id: number; text: string }

/** One listener of the live stream. */
export type Reader = {
  cursor: number
  /** Gets facts in order; false means that it cannot keep up and is let go. */
  send: (facts: readonly SerializedFact[]) => boolean
  /** Resolves when a reader that is behind may be sent more; left out by one that takes all. */
  ready?: () => Promise<void>
  gone: () => void
}

export type Follower = {
  /** Something was committed: read on. Resolves true when the timeline was read to its end. */
  wake: () => Promise<boolean>
  /** Adds a reader at its cursor; it catches up by itself, then shares the common reading. */
  join: (reader: Reader) => Promise<void>
  leave: (reader: Reader) => void
}

export function serialize(fact: LiveFact): SerializedFact {
  return { id: fact.id, text: `id: ${fact.id}\nevent: fact\ndata: ${JSON.stringify(fact)}\n\n` }
}

/** Characters sent to a reader that catches up before it is waited for. */
const partSize = 262_144

/** A page in parts of about `partSize`, at least one fact in each. */
function inParts(facts: readonly SerializedFact[]): SerializedFact[][] {
  const parts: SerializedFact[][] = []
  let size = partSize
  for (const one of facts) {
    if (size >= partSize) {
      parts.push([])
      size = 0
    }
    parts.at(-1)?.push(one)
    size += one.text.length
  }
  return parts
}

/** Sends what is new to the reader; false when it cannot keep up. */
function send(reader: Reader, facts: readonly SerializedFact[]): boolean {
  const isNew = facts[0] !== undefined && facts[0].id > reader.cursor
  const fresh = isNew ? facts : facts.filter((one) => one.id > reader.cursor)
  const last = fresh.at(-1)
  if (!last) return true
  reader.cursor = last.id
  return reader.send(fresh)
}

/**
 * One reader of the timeline for all streams of the process. Facts become visible in ascending order (see
 * record.ts), so reading `id > cursor` loses none; each stream keeps its own cursor, so none is sent twice.
 */
export function createFollower(read: ReadFacts, onFault: (error: unknown) => void): Follower {
  const readers = new Set<Reader>()

  function deliver(page: readonly LiveFact[]): void {
    const facts = page.map(serialize)
    for (const reader of readers) {
      if (send(reader, facts)) continue
      readers.delete(reader)
      reader.gone()
    }
  }

  const reading = createReading({ read, wanted: () => readers.size > 0, deliver, onFault })

  return {
    wake: reading.wake,
    async join(reader) {
      for (;;) {
        // The common cursor moves only while someone reads along; alone, the new reader brings its own, once
        // it has caught up: the common reading waits for nobody.
        const isAlone = readers.size === 0
        if (isAlone && !reader.ready) reading.moveTo(reader.cursor)
        if (reader.cursor >= reading.cursor() && !(isAlone && reader.ready)) break
        const page = await read(reader.cursor, pageSize)
        if (page.length === 0) {
          if (readers.size === 0) reading.moveTo(reader.cursor)
          break
        }
        for (const part of inParts(page.map(serialize))) {
          if (!send(reader, part)) return reader.gone()
          await reader.ready?.()
        }
      }
      readers.add(reader)
      void reading.wake()
    },
    leave: (reader) => {
      readers.delete(reader)
    },
  }
}
