import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { IncidentChange } from '@toneout/contract/model/incident-bodies.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { differences, values } from '../lib/differences.ts'
import { record } from '../timeline/record.ts'
import { isEnded } from './rules.ts'
import { keepFromCalls, lockIncident, updateDetails } from './store.ts'

/** Edits type, priority, place and notes; what is the same already is no change and no fact. */
export async function changeIncident(
  ctx: Context,
  actor: Actor,
  id: number,
  body: IncidentChange,
): Promise<{ status: 200; body: Incident } | Refusal> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection) => {
    const before = await lockIncident(connection, id)
    if (!before) return refuse('not_found', { detail: 'There is no such incident.' })
    if (isEnded(before.status)) return refuse('incident_not_open')
    // Also what a person confirms by saying it again is theirs.
    await keepFromCalls(connection, id, Object.keys(body))
    const changes = differences(before, body)
    if (Object.keys(changes).length === 0) return { status: 200, body: before }
    const after = { ...before, ...values(changes) }
    await updateDetails(connection, id, after, at)
    await record(connection, [{ at, type: 'incident_updated', actor, incident_id: id, data: { changes } }])
    return { status: 200 as const, body: after }
  })
}
