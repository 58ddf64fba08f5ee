import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Closure, ClosureSetting } from '@toneout/contract/model/streets.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { closureLimit, countClosures, insertClosure, tellStreets } from './store.ts'
import type { Streets } from './streets.ts'

/** Which piece of street a body means, or why none. */
async function findStretch(streets: Streets, body: ClosureSetting, at: string) {
  const find = streets.drives.find(at)
  if (!find) return refuse('no_streets')
  const { latitude, longitude, segment_id } = body
  const place = latitude === undefined || longitude === undefined ? undefined : { latitude, longitude }
  const found = await find({ place, segment_id })
  if (found) return found
  const fields: Record<string, string[]> = place
    ? { latitude: ['There is no street within 500 m.'] }
    : { segment_id: ['There is no such piece of street.'] }
  return refuse('invalid', { fields })
}

/** Closes a stretch of street; this process drives around it when the answer is given. */
export async function setClosure(
  ctx: Context,
  streets: Streets,
  actor: Actor,
  body: ClosureSetting,
): Promise<Closure | Refusal> {
  const at = ctx.now().toISOString()
  if (body.until !== undefined && body.until <= at) {
    return refuse('invalid', { fields: { until: ['Must be in the future.'] } })
  }
  const found = await findStretch(streets, body, at)
  if ('refused' in found) return found
  const { latitude, longitude, segment_id, street } = found
  const row = {
    ...{ latitude, longitude, segment_id, street },
    ...{ reason: body.reason, until: body.until ?? null, set_at: at, set_by: actor.name },
  }
  const set = await transaction(ctx.db, async (connection) => {
    if ((await countClosures(connection, at)) >= closureLimit) return refuse('too_many_closures')
    const id = await insertClosure(connection, row)
    await tellStreets(connection)
    const data = { closure_id: id, segment_id, street, reason: row.reason, until: row.until }
    await record(connection, [{ at, type: 'closure_set', actor, data }])
    return { id, ...row }
  })
  await streets.refreshRows()
  return set
}
