import type { DuressAlarm } from '@toneout/contract/model/crew.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { endAlarm, lockUnit } from './store.ts'

/** A desk knows that the crew is safe, and says why. */
export async function clearDuress(
  ctx: Context,
  actor: Actor,
  unit_id: number,
  reason: string,
): Promise<DuressAlarm | Refusal> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection) => {
    await lockUnit(connection, unit_id)
    const alarm = await endAlarm(connection, unit_id, { at, by: actor.id, reason })
    if (!alarm) return refuse('not_found')
    const data = { alarm_id: alarm.id, unit_number: alarm.unit_number, reason }
    const about = { unit_id, incident_id: alarm.incident_id }
    await record(connection, [{ at, type: 'duress_cleared', actor, ...about, data }])
    return alarm
  })
}
