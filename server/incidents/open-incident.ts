import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Incident, priorityOf } from '@toneout/contract/model/incident.ts'
import type { IncidentOpening } from '@toneout/contract/model/incident-bodies.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { type Connection, transaction } from '../lib/db.ts'
import { type FactDraft, record } from '../timeline/record.ts'
import { answerOnce, onceOf } from './first-replies.ts'
import { formatIncidentNumber, fresh } from './rules-raising.ts'
import * as store from './store.ts'

type Opened = { status: 201; body: Incident } | Refusal
type Opening = { actor: Actor; body: IncidentOpening; at: string; template: string }

async function open(connection: Connection, { actor, body, at, template }: Opening): Promise<Opened> {
  const { emergency_type, call_id, notes = '' } = body
  const called = call_id === undefined ? undefined : await store.lockFreeCall(connection, call_id)
  if (call_id !== undefined && called === undefined) {
    const text = 'There is no such call, or it belongs to another incident.'
    return refuse('not_found', { fields: { call_id: [text] } })
  }
  const id = await store.takeIncidentId(connection)
  const level = body.priority_level ?? called?.priority_level
  const priority = body.priority ?? (level ? priorityOf[level] : 2)
  const place = body.latitude === undefined ? called : body
  const incident: Incident = {
    ...fresh,
    id,
    incident_number: formatIncidentNumber(template, Number(at.slice(0, 4)), id),
    priority,
    emergency_type,
    location: body.location ?? called?.location ?? '',
    latitude: place?.latitude ?? null,
    longitude: place?.longitude ?? null,
    notes,
    // The clock of the total response is the caller's.
    received_at: called !== undefined && called.created_at < at ? called.created_at : at,
  }
  await store.insertIncidents(connection, [{ ...incident, followed_call_id: call_id }], at)
  const { priority_level, ...set } = body
  const byPerson = Object.keys(priority_level ? { ...set, priority } : set)
  await store.keepFromCalls(connection, id, byPerson)
  const about = { at, actor, incident_id: id, call_id: call_id ?? null }
  const { incident_number } = incident
  const data = { incident_number, priority, emergency_type }
  const facts: FactDraft[] = [{ ...about, type: 'incident_raised', data }]
  if (call_id !== undefined) {
    await store.linkCall(connection, call_id, id, at)
    facts.push({ ...about, type: 'call_linked', data: {} })
  }
  await record(connection, facts)
  return { status: 201, body: incident }
}

/**
 * Raises an incident by hand, as when the AI is down or the type needs a person. With a key a repeated
 * request raises none, also when both come at the same instant.
 */
export async function openIncident(
  ctx: Context,
  actor: Actor,
  body: IncidentOpening,
  key?: string,
): Promise<Opened> {
  const at = ctx.now().toISOString()
  const { incident_number_template: template } = ctx.settings.current()
  const once = onceOf(actor, key, body)
  return transaction(ctx.db, (connection) =>
    answerOnce(connection, once, at, () => open(connection, { actor, body, at, template })),
  )
}
