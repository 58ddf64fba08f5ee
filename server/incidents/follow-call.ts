import type { Call } from '@toneout/contract/model/call.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { differences, values } from '../lib/differences.ts'
import { record } from '../timeline/record.ts'
import { decideFollow } from './rules-raising.ts'
import { lockFollower, updateDetails } from './store.ts'

/**
 * Takes over into an incident what its call has told since it was raised. It looks at the whole call, so that
 * what was missed once is made up for at the next change.
 */
export async function followCall(ctx: Context, actor: Actor, call: Call): Promise<void> {
  const at = ctx.now().toISOString()
  await transaction(ctx.db, async (connection) => {
    const found = call.incident_id && (await lockFollower(connection, call.incident_id, call.id))
    if (!found) return
    const { set_by_people, ...before } = found
    const changes = differences(before, decideFollow(call, before, set_by_people))
    if (Object.keys(changes).length === 0) return
    await updateDetails(connection, before.id, { ...before, ...values(changes) }, at)
    const about = { incident_id: before.id, call_id: call.id }
    await record(connection, [{ at, type: 'incident_updated', actor, ...about, data: { changes } }])
  })
}
