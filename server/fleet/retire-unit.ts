import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { findUnit } from './reads.ts'
import { refuseRetirement } from './rules.ts'
import { findLiveStatus, holdStation, lockUnit, updateUnit } from './store.ts'

/** Takes a free unit out of use; one that is retired stays as it is. */
export async function retireUnit(ctx: Context, actor: Actor, unit_id: number): Promise<Unit | Refusal> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection) => {
    const before = await lockUnit(connection, unit_id)
    if (!before) return refuse('not_found')
    if (before.retired_at !== null) return (await findUnit(connection, unit_id)) as Unit
    const refusal = refuseRetirement(before, await findLiveStatus(connection, unit_id))
    if (refusal) return refusal
    await updateUnit(connection, unit_id, { retired_at: at, updated_at: at })
    const unit = (await findUnit(connection, unit_id)) as Unit
    const data = { action: 'retired', changes: { retired_at: { from: null, to: at } } }
    await record(connection, [{ at, type: 'unit_changed', actor, unit_id, data }])
    return unit
  })
}

const noStation = refuse('retired', {
  detail: 'Its station was taken out of use; give the unit another one first.',
  fields: { station_id: ['The station was taken out of use.'] },
})

/** Takes a retired unit into use again, with the duty it had; one that is in use stays as it is. */
export async function restoreUnit(ctx: Context, actor: Actor, unit_id: number): Promise<Unit | Refusal> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection) => {
    const before = await lockUnit(connection, unit_id)
    if (!before) return refuse('not_found')
    if (before.retired_at === null) return (await findUnit(connection, unit_id)) as Unit
    const { station_id, retired_at } = before
    if (station_id !== null && !(await holdStation(connection, station_id))) return noStation
    await updateUnit(connection, unit_id, { retired_at: null, updated_at: at })
    const unit = (await findUnit(connection, unit_id)) as Unit
    const data = { action: 'restored', changes: { retired_at: { from: retired_at, to: null } } }
    await record(connection, [{ at, type: 'unit_changed', actor, unit_id, data }])
    return unit
  })
}
