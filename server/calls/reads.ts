import type { Call } from '@toneout/contract/model/call.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Interaction } from '@toneout/contract/model/interaction.ts'
import type { Refusal } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor, refuseCursor } from '../lib/cursor.ts'
import type { Database } from '../lib/db.ts'
import { openCall } from './caller.ts'
import { callColumns, interactionColumns, type SealedCall } from './store.ts'

export async function findCall({ db, vault }: Context, sid: string): Promise<Call | undefined> {
  const text = `SELECT ${callColumns} FROM calls c WHERE c.call_sid = $1`
  const found = (await db.pool.query<SealedCall>({ name: 'find-call', text, values: [sid] })).rows[0]
  return found && openCall(vault, found)
}

/** Whether the call has a fact of what this caller did; to have read its words is none. */
export async function hasWritten(db: Database, callId: number, { kind, id }: Actor): Promise<boolean> {
  const text = `SELECT EXISTS (SELECT FROM facts
    WHERE call_id = $1 AND actor_kind = $2 AND actor_id = $3 AND type <> 'words_read') AS wrote`
  const found = await db.pool.query<{ wrote: boolean }>({
    name: 'has-written',
    text,
    values: [callId, kind, id],
  })
  return found.rows[0]?.wrote ?? false
}

/** Whether a unit was ever sent to the incident. */
export async function wereUnitsSent(db: Database, incidentId: number): Promise<boolean> {
  const text = 'SELECT EXISTS (SELECT FROM assignments WHERE incident_id = $1) AS sent'
  const found = await db.pool.query<{ sent: boolean }>({
    name: 'were-units-sent',
    text,
    values: [incidentId],
  })
  return found.rows[0]?.sent ?? false
}

/** Characters of messages in a page at most, or one message: a reply nobody reads must not hold much. */
const pageText = 1_000_000

/**
 * Utterances of a call in order, after a position in that order; -1 begins at the start. `more`: the page
 * ends before the call does.
 */
export async function readInteractions(
  db: Database,
  callId: number,
  after: { sequence: number; id: number },
  limit: number,
): Promise<{ page: Interaction[]; more: boolean }> {
  const text = `SELECT ${interactionColumns}, i.following IS NOT NULL AS more FROM (
      SELECT *, lead(id) OVER (ORDER BY sequence, id) AS following,
        sum(char_length(message)) OVER (ORDER BY sequence, id) - char_length(message) AS before
      FROM (SELECT * FROM call_interactions WHERE call_id = $1 AND (sequence, id) > ($2, $3)
        ORDER BY sequence, id LIMIT $4 + 1) AS near
    ) AS i JOIN calls c ON c.id = i.call_id
    WHERE i.before < $5 ORDER BY i.sequence, i.id LIMIT $4`
  const values = [callId, after.sequence, after.id, limit, pageText]
  const found = await db.pool.query<Interaction & { more: boolean }>({
    name: 'read-interactions',
    text,
    values,
  })
  const page = found.rows.map(({ more: _, ...one }) => one)
  return { page, more: found.rows.at(-1)?.more ?? false }
}

function readPosition(cursor: string | undefined): { sequence: number; id: number } | undefined {
  if (cursor === undefined) return { sequence: -1, id: -1 }
  const [sequence, id] = decodeCursor(cursor) ?? []
  return Number.isSafeInteger(sequence) && Number.isSafeInteger(id)
    ? { sequence: sequence as number, id: id as number }
    : undefined
}

/** A page of a call's utterances in order; `next` is the cursor of the page after it, null at the end. */
export async function listInteractions(
  ctx: Context,
  callId: number,
  { cursor, page_size }: { cursor?: string; page_size: number },
): Promise<{ page: Interaction[]; next: string | null } | Refusal> {
  const after = readPosition(cursor)
  if (!after) return refuseCursor()
  const { page, more } = await readInteractions(ctx.db, callId, after, page_size)
  const last = page.at(-1)
  return { page, next: last && more ? encodeCursor([last.sequence, last.id]) : null }
}
