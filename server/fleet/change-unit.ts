import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Unit, UnitChange } from '@toneout/contract/model/unit.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { differences, values } from '../lib/differences.ts'
import { record } from '../timeline/record.ts'
import { findUnit } from './reads.ts'
import { stationFault } from './rules.ts'
import { holdStation, isNumberTaken, lockUnit, updateUnit } from './store.ts'

/** Changes what a keeper may change; nothing new is no change and no fact. */
export async function changeUnit(
  ctx: Context,
  actor: Actor,
  unit_id: number,
  body: UnitChange,
): Promise<Unit | Refusal> {
  const at = ctx.now().toISOString()
  const work = transaction(ctx.db, async (connection) => {
    const before = await lockUnit(connection, unit_id)
    if (!before) return refuse('not_found')
    const changes = differences(before, body)
    if (Object.keys(changes).length === 0) return (await findUnit(connection, unit_id)) as Unit
    const to = changes.station_id?.to
    const fault = typeof to === 'number' ? stationFault(await holdStation(connection, to)) : undefined
    if (fault) return refuse('invalid', { fields: { station_id: [fault] } })
    await updateUnit(connection, unit_id, { ...values(changes), updated_at: at })
    const unit = (await findUnit(connection, unit_id)) as Unit
    const data = { action: 'changed', changes }
    await record(connection, [{ at, type: 'unit_changed', actor, unit_id, data }])
    return unit
  })
  return work.catch((error: unknown) => {
    if (isNumberTaken(error)) return refuse('unit_number_taken')
    throw error
  })
}
