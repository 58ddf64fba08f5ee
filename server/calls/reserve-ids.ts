import type { Connection } from '../lib/db.ts'
import type { Sequence } from './store.ts'
import { takeIds } from './store.ts'
import type { Ids } from './work.ts'

type Counts = { calls: number; interactions: number; incidents: number }

export type IdPool = {
  /** Ids for one group alone; the look-up for missing ones travels with the group's other statements. */
  reserve: (connection: Connection, counts: Counts) => Promise<Reserved>
  /** The same without a wait, from what is at hand; undefined when that is too little. */
  reserveAtHand: (connection: Connection, counts: Counts) => Reserved | undefined
}

export type Reserved = Ids & {
  /** Gives back what the group did not use. */
  giveBack: () => void
}

/** How few ids at hand are a reason to take more, and how many are taken then. */
type Sizes = { few: number; block: number }
const many: Sizes = { few: 256, block: 512 }

/** Takes the size of each group; gives the sizes that are right now. */
type Sizing = (count: number) => Sizes
const alwaysMany: Sizing = () => many

/**
 * For numbers that people read: few are kept while little happens, so that a restart leaves a small gap, and
 * more while large groups come.
 */
function byDemand(): Sizing {
  let largest = 1
  return (count) => {
    largest = Math.max(count, largest * 0.9, 1)
    const few = Math.min(many.few, Math.ceil(largest * 2))
    return { few, block: few * 2 }
  }
}

const ascending = (a: number, b: number) => a - b

/** The ids of one sequence that are at hand, in order, so that ids follow the arrival. */
function createStock(sequence: Sequence, sizing: Sizing) {
  let stock: number[] = []
  let filling: Promise<void> | undefined
  return {
    giveBack(ids: number[]): void {
      if (ids.length > 0) stock = [...ids, ...stock].sort(ascending)
    },
    atHand(connection: Connection, count: number): number[] | undefined {
      const { few, block } = sizing(count)
      if (stock.length - count < few && !filling) {
        // Whoever needs them next tells why they did not come.
        filling = takeIds(connection, sequence, block)
          .then((ids) => {
            stock = [...stock, ...ids].sort(ascending)
          })
          .catch(() => {})
          .finally(() => {
            filling = undefined
          })
      }
      return stock.length < count ? undefined : stock.splice(0, count)
    },
    async take(connection: Connection, count: number): Promise<number[]> {
      const own = stock.splice(0, count)
      const short = count - own.length
      if (short === 0) return own
      const taken = await takeIds(connection, sequence, short + sizing(count).few)
      own.push(...taken.splice(0, short))
      stock.push(...taken)
      return own
    },
  }
}

/**
 * Ids taken from the sequences in blocks, so that rows can refer to each other before they are written. A
 * group that fails, or a restart, leaves gaps and no more.
 */
export function createIdPool(): IdPool {
  const stocks = {
    calls: createStock('calls_id_seq', alwaysMany),
    interactions: createStock('call_interactions_id_seq', alwaysMany),
    incidents: createStock('incidents_id_seq', byDemand()),
  }
  type Name = keyof typeof stocks
  const names = Object.keys(stocks) as Name[]

  function hand(ids: Record<Name, number[]>): Reserved {
    const next = (name: Name) => () => {
      const id = ids[name].shift()
      if (id === undefined) throw new Error('no id was reserved')
      return id
    }
    return {
      nextCallId: next('calls'),
      nextInteractionId: next('interactions'),
      nextIncidentId: next('incidents'),
      giveBack: () => {
        for (const name of names) stocks[name].giveBack(ids[name].splice(0))
      },
    }
  }

  return {
    async reserve(connection, counts) {
      const taken = names.map(
        async (name) => [name, await stocks[name].take(connection, counts[name])] as const,
      )
      return hand(Object.fromEntries(await Promise.all(taken)) as Record<Name, number[]>)
    },
    reserveAtHand(connection, counts) {
      const taken = names.map((name) => [name, stocks[name].atHand(connection, counts[name])] as const)
      if (taken.every(([, ids]) => ids)) return hand(Object.fromEntries(taken) as Record<Name, number[]>)
      for (const [name, ids] of taken) stocks[name].giveBack(ids ?? [])
      return undefined
    },
  }
}
