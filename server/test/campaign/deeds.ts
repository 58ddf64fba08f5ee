import { type Deed, divert, type Hands, order, orderAgain, seed, step } from './dispatcher.ts'
import { end, merge, open, reopen, split } from './incident-deeds.ts'
import { retireHospital, retireUnit } from './retire-deeds.ts'

/** How often each deed is done, of a hundred. */
const deeds: readonly [Deed, number][] = [
  [order, 24],
  [seed, 9],
  [orderAgain, 6],
  [step, 45],
  [divert, 4],
  [end, 3],
  [open, 1],
  [reopen, 2],
  [merge, 2],
  [split, 2],
  [retireUnit, 1],
  [retireHospital, 1],
]
/** Picked from by chance. */
export const choices = deeds.flatMap(([deed, share]) => Array.from({ length: share }, () => deed))

/** Each server must take an incident again, by the same way as before. */
export async function proveHealed(hands: readonly Hands[]): Promise<void> {
  for (const one of hands) {
    const before = one.board.incidents.length
    for (let attempt = 0; one.board.incidents.length === before; attempt += 1) {
      if (attempt === 50) throw new Error('a server did not heal')
      if (attempt > 0) await new Promise((next) => setTimeout(next, 100))
      await open(one)
    }
  }
}
