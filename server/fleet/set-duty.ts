import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Unit, UnitDuty } from '@toneout/contract/model/unit.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { findUnit } from './reads.ts'
import { refuseDuty } from './rules.ts'
import { findLiveStatus, lockUnit, updateUnit } from './store.ts'

/** Sets the duty of a free unit; the same duty again changes nothing and is no fact. */
export async function setDuty(
  ctx: Context,
  actor: Actor,
  unit_id: number,
  { duty, reason }: UnitDuty,
): Promise<Unit | Refusal> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection) => {
    const before = await lockUnit(connection, unit_id)
    if (!before) return refuse('not_found')
    const refusal = refuseDuty(before, await findLiveStatus(connection, unit_id))
    if (refusal) return refusal
    if (before.duty === duty) return (await findUnit(connection, unit_id)) as Unit
    await updateUnit(connection, unit_id, { duty, updated_at: at })
    const unit = (await findUnit(connection, unit_id)) as Unit
    const data = { from: before.duty, to: duty, ...(reason ? { reason } : {}) }
    await record(connection, [{ at, type: 'unit_duty_changed', actor, unit_id, data }])
    return unit
  })
}
