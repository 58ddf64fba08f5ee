import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Connection } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { type HeldMessage, markAcknowledged } from './reads.ts'

/** Writes down that the person of a message has seen it; the first time is kept. Gives when that was. */
export async function keepAcknowledgement(
  connection: Connection,
  actor: Actor,
  found: HeldMessage,
  at: string,
): Promise<string> {
  if (found.acknowledged_at !== null) return found.acknowledged_at
  const { id, event, channel, person_id, incident_id, unit_id, assignment_id } = found
  await markAcknowledged(connection, id, at)
  const data = { message_id: id, event, channel, person_id, assignment_id }
  await record(connection, [{ at, type: 'message_acknowledged', actor, incident_id, unit_id, data }])
  return at
}
