import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Incident, priorityOf } from '@toneout/contract/model/incident.ts'
import type { IncidentOpening } from '@toneout/contract/model/incident-bodies.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { formatIncidentNumber, numberTemplate } from './rules.ts'
import * as store from './store.ts'

/** Raises an incident by hand, as when the AI is down or the type needs a person. */
export async function openIncident(
  ctx: Context,
  actor: Actor,
  body: IncidentOpening,
): Promise<{ status: 201; body: Incident } | Refusal> {
  const at = ctx.now().toISOString()
  const { emergency_type, call_id, priority_level, location = '', notes = '' } = body
  const priority = body.priority ?? (priority_level ? priorityOf[priority_level] : 2)
  return transaction(ctx.db, async (connection) => {
    const id = await store.takeIncidentId(connection)
    const incident: Incident = {
      id,
      incident_number: formatIncidentNumber(numberTemplate, Number(at.slice(0, 4)), id),
      status: 'RECEIVED',
      priority,
      emergency_type,
      location,
      latitude: body.latitude ?? null,
      longitude: body.longitude ?? null,
      notes,
      received_at: at,
      closed_at: null,
      disposition: null,
      merged_into: null,
    }
    await store.insertIncidents(connection, [incident], at)
    const about = { at, actor, incident_id: id, call_id: call_id ?? null }
    const { incident_number } = incident
    const raised = {
      ...about,
      type: 'incident_raised',
      data: { incident_number, priority, emergency_type },
    } as const
    if (call_id === undefined) await record(connection, [raised])
    else if (await store.linkCall(connection, call_id, id, at)) {
      await record(connection, [raised, { ...about, type: 'call_linked', data: {} }])
    } else throw new NoSuchCall()
    return { status: 201 as const, body: incident }
  }).catch((error) => {
    if (!(error instanceof NoSuchCall)) throw error
    const text = 'There is no such call, or it belongs to another incident.'
    return refuse('not_found', { fields: { call_id: [text] } })
  })
}

/** Undoes the transaction in which the call turned out not to be there. */
class NoSuchCall extends Error {}
