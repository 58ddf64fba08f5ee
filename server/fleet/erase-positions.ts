import { systemActor } from '@toneout/contract/model/fact.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { eraseOldPositions } from './store-positions.ts'

const dayMs = 24 * 3_600_000

/**
 * Erases where units last were, when that was more than so many days ago, and where crews were who called for
 * help; null keeps all. Gives how many places it erased. Figures are made of milestones, which stay.
 */
export async function erasePositions(ctx: Context, days: number | null): Promise<number> {
  if (days === null) return 0
  const now = ctx.now()
  const before = new Date(now.getTime() - days * dayMs).toISOString()
  return transaction(ctx.db, async (connection) => {
    const erased = await eraseOldPositions(connection, before)
    if (erased === 0) return 0
    const actor = systemActor('retention')
    const data = { places: erased, why: `${days} days` }
    await record(connection, [{ at: now.toISOString(), type: 'positions_erased', actor, data }])
    return erased
  })
}
