import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Unit, UnitCreation } from '@toneout/contract/model/unit.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { differences } from '../lib/differences.ts'
import { record } from '../timeline/record.ts'
import { findUnit } from './reads.ts'
import { stationFault } from './rules.ts'
import { holdStation, insertUnit, isNumberTaken } from './store.ts'

export async function createUnit(ctx: Context, actor: Actor, body: UnitCreation): Promise<Unit | Refusal> {
  const at = ctx.now().toISOString()
  const { status: _, ...row } = body
  const work = transaction(ctx.db, async (connection) => {
    const { station_id } = row
    const fault = station_id === null ? undefined : stationFault(await holdStation(connection, station_id))
    if (fault) return refuse('invalid', { fields: { station_id: [fault] } })
    const unit_id = await insertUnit(connection, { ...row, updated_at: at })
    const unit = (await findUnit(connection, unit_id)) as Unit
    const data = { action: 'created', changes: differences({}, row) }
    await record(connection, [{ at, type: 'unit_changed', actor, unit_id, data }])
    return unit
  })
  return work.catch((error: unknown) => {
    if (isNumberTaken(error)) return refuse('unit_number_taken')
    throw error
  })
}
