import type { DuressAlarm, DuressPress } from '@toneout/contract/model/crew.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { isInCrew } from '../fleet/reads.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { findAlarm, insertAlarm, lockUnit } from './store.ts'

/**
 * A crew calls for help for itself. One alarm stands for a unit at a time; a repeated press, and one that
 * comes late over a bad line, is the alarm it raised. Nothing but a unit that is not theirs refuses it.
 */
export async function raiseDuress(
  ctx: Context,
  actor: Actor,
  unit_id: number,
  press: DuressPress,
): Promise<DuressAlarm | Refusal> {
  const raised_by = actor.id ?? -1
  const raised_at = ctx.now().toISOString()
  const pressed_at = press.at && press.at < raised_at ? press.at : raised_at
  const { latitude = null, longitude = null, press_id } = press
  const place = latitude === null || longitude === null ? null : { latitude, longitude }
  return transaction(ctx.db, async (connection) => {
    if (!(await isInCrew(connection, unit_id, raised_by))) return refuse('not_found')
    await lockUnit(connection, unit_id)
    const standing = await findAlarm(connection, unit_id, { person: raised_by, press_id })
    if (standing) return standing
    const where = place ?? { latitude: null, longitude: null }
    await insertAlarm(connection, { unit_id, raised_by, press_id, pressed_at, raised_at, ...where })
    const alarm = await findAlarm(connection, unit_id, { person: raised_by, press_id })
    if (!alarm) throw new Error('the alarm was not written')
    const data = { alarm_id: alarm.id, happened_at: pressed_at, unit_number: alarm.unit_number }
    const about = { unit_id, incident_id: alarm.incident_id }
    await record(connection, [{ at: raised_at, type: 'duress_raised', actor, ...about, data }])
    return alarm
  })
}
