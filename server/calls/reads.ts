import type { Call } from '@toneout/contract/model/call.ts'
import type { Interaction } from '@toneout/contract/model/interaction.ts'
import type { Database } from '../lib/db.ts'
import { callColumns, interactionColumns } from './store.ts'

export async function findCall(db: Database, sid: string): Promise<Call | undefined> {
  const text = `SELECT ${callColumns} FROM calls c WHERE c.call_sid = $1`
  return (await db.pool.query<Call>({ name: 'find-call', text, values: [sid] })).rows[0]
}

/** Utterances of a call in order, after a position in that order; -1 begins at the start. */
export async function readInteractions(
  db: Database,
  callId: number,
  after: { sequence: number; id: number },
  limit: number,
): Promise<Interaction[]> {
  const text = `SELECT ${interactionColumns} FROM call_interactions i JOIN calls c ON c.id = i.call_id
    WHERE i.call_id = $1 AND (i.sequence, i.id) > ($2, $3) ORDER BY i.sequence, i.id LIMIT $4`
  const values = [callId, after.sequence, after.id, limit]
  return (await db.pool.query<Interaction>({ name: 'read-interactions', text, values })).rows
}
