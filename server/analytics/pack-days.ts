import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { dayMs } from './packed-rows.ts'
import { readRaw } from './raw-days.ts'
import { findUnpacked, followFacts, insertDay } from './store-days.ts'

/** What happened in the last hours of a day is still being told. */
const restMs = 3_600_000
/** Days before today that are packed; figures of older ones are read from their rows. */
const oldestDays = 4_000
/** Days that are packed in one transaction, which holds up nobody but other packing. */
const atOnce = 4
/** Rows of one day that are packed; one with more stays as it is. */
const mostOfDay = 200_000

type Base = Pick<Context, 'db' | 'now'>

/** Packs a few days; gives how many, 0 when there is nothing to do or another process does it. */
async function packSome({ db, now }: Base): Promise<number> {
  const end = Math.floor((now().getTime() - restMs) / dayMs)
  return transaction(db, async (connection) => {
    // The lock is held while rows are read: facts behind the cursor are in them, and later ones take the day
    // out again.
    if (!(await followFacts(connection))) return 0
    const days = await findUnpacked(connection, end - oldestDays, end, atOnce)
    for (const day of days) {
      const packed = (await readRaw(connection, day, day, new Set(), mostOfDay)).get(day)
      if (packed) await insertDay(connection, day, packed, now().toISOString())
    }
    return days.length
  })
}

/** Packs what is over and not packed, and takes out what has changed since, until nothing is left. */
export async function packDays(ctx: Base): Promise<number> {
  let packed = 0
  for (;;) {
    const some = await packSome(ctx)
    packed += some
    if (some < atOnce) return packed
  }
}

/** Work of the figures that recurs; safe on several processes at once. */
export const figureChores = [{ everyMs: 15_000, run: (ctx: Base) => packDays(ctx) }]
