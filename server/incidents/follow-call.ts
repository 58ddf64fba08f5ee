import type { Call } from '@toneout/contract/model/call.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { differences, values } from '../lib/differences.ts'
import { createGate } from '../lib/turns.ts'
import { record } from '../timeline/record.ts'
import { decideFollow } from './rules-raising.ts'
import { lockFollower, readFollower, updateDetails } from './store.ts'

/**
 * Takes over into an incident what its call has told since it was raised. The call is read when the incident
 * is held: of two that come here at once, the later one sees what both have told.
 */
async function follow(ctx: Context, actor: Actor, { id: call_id, incident_id }: Call): Promise<void> {
  if (incident_id === null) return
  const at = ctx.now().toISOString()
  await transaction(ctx.db, async (connection) => {
    if (!(await lockFollower(connection, incident_id, call_id))) return
    const { incident, call, set_by_people, is_worked_on } = await readFollower(connection, incident_id)
    const changes = differences(incident, decideFollow(call, incident, set_by_people, !is_worked_on))
    if (Object.keys(changes).length === 0) return
    await updateDetails(connection, incident_id, { ...incident, ...values(changes) }, at)
    await record(connection, [
      { at, type: 'incident_updated', actor, incident_id, call_id, data: { changes } },
    ])
  })
}

/** At once at most: an incident that somebody holds must not take all connections for reading. */
const atOnce = 4

/** One for a process. Who calls it waits until the incident has followed, or rejects. */
export function createFollowing(ctx: Context): (actor: Actor, call: Call) => Promise<void> {
  const gate = createGate(atOnce)
  return (actor, call) => gate.run(() => follow(ctx, actor, call))
}
