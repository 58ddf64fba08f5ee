import { alarmWords } from '@toneout/contract/model/alarm.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { holdAlarm, markTaken } from './store-alarms.ts'

/** Somebody at a desk takes an alarm on, so that it goes no further; false when there is none. */
export async function acknowledgeAlarm(ctx: Context, actor: Actor, id: number): Promise<boolean> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection) => {
    const found = await holdAlarm(connection, id)
    if (!found) return false
    if (found.acknowledged_at !== null || found.ended_at !== null) return true
    await markTaken(connection, id, at, actor.id)
    const { kind, call_id, incident_id, unit_id } = found
    const data = { alarm_id: id, kind, words: alarmWords[kind] }
    await record(connection, [{ at, type: 'alarm_acknowledged', actor, call_id, incident_id, unit_id, data }])
    return true
  })
}
