import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Unit, UnitMove } from '@toneout/contract/model/unit.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { findUnit } from './reads.ts'
import { stationFault } from './rules.ts'
import { findStationName, holdStation, lockUnit, updateUnit } from './store.ts'

/** Moves a unit up to a station or back, or notes where it waits; each is a fact, also the same again. */
export async function moveUnit(
  ctx: Context,
  actor: Actor,
  unit_id: number,
  { to, station_id }: UnitMove,
): Promise<Unit | Refusal> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection) => {
    const before = await lockUnit(connection, unit_id)
    if (!before) return refuse('not_found')
    if (before.retired_at !== null) return refuse('retired')
    if (station_id !== undefined) {
      const fault = stationFault(await holdStation(connection, station_id))
      if (fault) return refuse('invalid', { fields: { station_id: [fault] } })
    }
    const covers = to === 'STATION' || to === 'OWN_STATION'
    if (covers) {
      await updateUnit(connection, unit_id, { moved_to_station_id: station_id ?? null, updated_at: at })
    }
    const station = station_id === undefined ? {} : { station: await findStationName(connection, station_id) }
    const unit = (await findUnit(connection, unit_id)) as Unit
    const { incident_id } = unit
    await record(connection, [
      { at, type: 'unit_moved', actor, unit_id, incident_id, data: { to, ...station } },
    ])
    return unit
  })
}
