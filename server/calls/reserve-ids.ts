import type { Connection } from '../lib/db.ts'
import type { Sequence } from './store.ts'
import { takeIds } from './store.ts'
import type { Ids } from './work.ts'

const block = 64
const ascending = (a: number, b: number) => a - b

export type IdPool = {
  /** Ids for one group alone; the look-up for missing ones travels with the group's other statements. */
  reserve: (connection: Connection, counts: { calls: number; interactions: number }) => Promise<Reserved>
}

export type Reserved = Ids & {
  /** Gives back what the group did not use. */
  giveBack: () => void
}

/**
 * Ids taken from the sequences in blocks, so that rows can refer to each other before they are written. A
 * group that fails, or a restart, leaves gaps and no more.
 */
export function createIdPool(): IdPool {
  const pool: Record<Sequence, number[]> = { calls_id_seq: [], call_interactions_id_seq: [] }

  async function take(connection: Connection, sequence: Sequence, count: number): Promise<number[]> {
    const own = pool[sequence].splice(0, count)
    const short = count - own.length
    if (short > 0) own.push(...(await takeIds(connection, sequence, Math.max(short, block))))
    return own
  }

  return {
    async reserve(connection, counts) {
      const [calls, interactions] = await Promise.all([
        take(connection, 'calls_id_seq', counts.calls),
        take(connection, 'call_interactions_id_seq', counts.interactions),
      ])
      const next = (ids: number[]) => () => {
        const id = ids.shift()
        if (id === undefined) throw new Error('no id was reserved')
        return id
      }
      return {
        nextCallId: next(calls),
        nextInteractionId: next(interactions),
        giveBack: () => {
          // In order, so that ids still follow the arrival.
          pool.calls_id_seq = [...calls.splice(0), ...pool.calls_id_seq].sort(ascending)
          pool.call_interactions_id_seq = [...interactions.splice(0), ...pool.call_interactions_id_seq].sort(
            ascending,
          )
        },
      }
    },
  }
}
