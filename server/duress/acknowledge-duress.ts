import type { DuressAlarm } from '@toneout/contract/model/crew.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { lockUnit, markSeen, standingAlarm } from './store.ts'

/** A desk has seen that a crew calls for help; who is first is kept, and the crew is told. */
export async function acknowledgeDuress(
  ctx: Context,
  actor: Actor,
  unit_id: number,
): Promise<DuressAlarm | Refusal> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection) => {
    await lockUnit(connection, unit_id)
    const standing = await standingAlarm(connection, unit_id)
    if (!standing) return refuse('not_found')
    if (standing.acknowledged_at !== null) return standing
    await markSeen(connection, standing.id, at, actor.id ?? -1)
    const data = { alarm_id: standing.id, unit_number: standing.unit_number }
    const about = { unit_id, incident_id: standing.incident_id }
    await record(connection, [{ at, type: 'duress_acknowledged', actor, ...about, data }])
    return (await standingAlarm(connection, unit_id)) ?? standing
  })
}
