import type { Database } from '../lib/db.ts'
import { type MovedUnit, readMark, readMoved } from './store-moved.ts'

/** Units read at once and sent in one event, at most: less than a reader may leave unread for a while. */
const movedLimit = 8_000

/** Places for a reader that has seen all moves up to some number, and the number it has seen then. */
export type PositionsEvent = { seen: number; bytes: Buffer }

export type Movements = {
  /** From here on no move is missed; ended by `rest`. */
  begin: () => Promise<void>
  /** Finds out which units moved since the last look. */
  look: () => Promise<void>
  /** Number of the newest move. */
  newest: () => number
  /** Where the units are that moved after a move; undefined when none did. */
  eventAfter: (seen: number) => PositionsEvent | undefined
  /** Nobody looks on any more. */
  rest: () => void
}

/**
 * Which units moved, whichever process was told. Positions are no facts and notify nobody, so this reads. It
 * keeps one place per unit that moved while somebody looked on: a reader that was busy gets where a unit has
 * got to and not all the way there.
 */
export function createMovements(db: Database, limit = movedLimit): Movements {
  /** Each unit's last move, in the order of their numbers. */
  const moves = new Map<number, { unit: MovedUnit; number: number }>()
  let newest = 0
  let mark: string | undefined
  /** The last unit of a page that was full, and the mark for when the pages after it are read. */
  let page = { after: 0, nextMark: '' }

  function keep(unit: MovedUnit): void {
    const known = moves.get(unit.id)?.unit
    const { latitude, longitude, position_at } = unit
    const isThere = known?.latitude === latitude && known.longitude === longitude
    if (isThere && known.position_at === position_at) return
    newest += 1
    moves.delete(unit.id)
    moves.set(unit.id, { unit, number: newest })
  }

  return {
    async begin() {
      const found = mark ?? (await readMark(db))
      mark ??= found
    },
    async look() {
      if (mark === undefined) return
      // Taken before the units are read: what is committed meanwhile is read twice rather than never.
      if (page.after === 0) page.nextMark = await readMark(db)
      const units = await readMoved(db, { mark, after: page.after }, limit)
      const isLast = units.length < limit
      page.after = isLast ? 0 : (units.at(-1)?.id ?? 0)
      if (isLast) mark = page.nextMark
      for (const unit of units) keep(unit)
    },
    newest: () => newest,
    eventAfter(seen) {
      if (seen === newest) return undefined
      const due = moves.values().filter((one) => one.number > seen)
      const sent = [...due.take(limit)]
      const units = sent.map((one) => one.unit)
      const text = `event: positions\ndata: ${JSON.stringify({ units })}\n\n`
      return { seen: sent.at(-1)?.number ?? newest, bytes: Buffer.from(text) }
    },
    rest() {
      mark = undefined
      page = { after: 0, nextMark: '' }
      moves.clear()
    },
  }
}
