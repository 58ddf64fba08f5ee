import type { Fact } from '@toneout/contract/model/fact.ts'
import type { Channel, Message } from '@toneout/contract/model/message.ts'
import type { Connection } from '../lib/db.ts'

type On = Pick<Connection, 'query'>

/** Key of the advisory lock that one follower at a time holds to its commit: "tono" in ASCII. */
const followingLock = 0x746f6e6f

/** False when another process follows at this moment. */
export async function takeFollowing(connection: Connection): Promise<boolean> {
  const text = 'SELECT pg_try_advisory_xact_lock($1) AS taken'
  return (await connection.query<{ taken: boolean }>(text, [followingLock])).rows[0]?.taken ?? false
}

export async function readCursor(connection: Connection): Promise<number> {
  const { rows } = await connection.query<{ fact_id: number }>('SELECT fact_id FROM message_cursor')
  return rows[0]?.fact_id ?? 0
}

export async function moveCursor(connection: Connection, fact_id: number): Promise<void> {
  await connection.query('UPDATE message_cursor SET fact_id = $1', [fact_id])
}

export type NewFact = Pick<Fact, 'id' | 'at' | 'type' | 'call_id' | 'incident_id' | 'unit_id' | 'data'>

/** Facts after a cursor in order; they become visible in the order of their ids (timeline/record.ts). */
export async function readNewFacts(on: On, after: number, limit: number): Promise<NewFact[]> {
  const text = `SELECT id, at, type, call_id, incident_id, unit_id, data FROM facts
    WHERE id > $1 ORDER BY id LIMIT $2`
  return (await on.query<NewFact>({ name: 'new-facts', text, values: [after, limit] })).rows
}

export type MessageDraft = {
  fact_id: number
  event: Message['event']
  channel: Channel
  recipient: string
  person_id: number | null
  webhook_id: number | null
  incident_id: number | null
  unit_id: number | null
  assignment_id: number | null
  data: object
  expires_at: string
}

const draftColumns = `fact_id bigint, event text, channel text, recipient text, person_id bigint,
  webhook_id bigint, incident_id bigint, unit_id bigint, assignment_id bigint, data jsonb,
  expires_at timestamptz`
const draftNames = draftColumns.replace(/ (bigint|text|jsonb|timestamptz)/g, '')

/** Writes messages; one that is there already stays as it is. Gives the ids of the new ones. */
export async function insertMessages(on: On, drafts: readonly MessageDraft[], at: string): Promise<number[]> {
  if (drafts.length === 0) return []
  const text = `INSERT INTO messages (${draftNames}, due_at, created_at)
    SELECT ${draftNames}, $2, $2 FROM jsonb_to_recordset($1) AS r(${draftColumns})
    ON CONFLICT ON CONSTRAINT messages_once DO NOTHING RETURNING id`
  const values = [JSON.stringify(drafts), at]
  return (await on.query<{ id: number }>({ name: 'add-messages', text, values })).rows.map(({ id }) => id)
}

/** Remembers the fact that the messages of a contact test tell of. */
export async function noteTestFact(on: On, id: number, factId: number): Promise<void> {
  await on.query('UPDATE contact_tests SET fact_id = $2 WHERE id = $1 AND fact_id IS NULL', [id, factId])
}

/** A message that somebody sends now. */
export type Due = {
  id: number
  fact_id: number
  event: Message['event']
  channel: Exclude<Channel, 'SCREEN'>
  recipient: string
  person_id: number | null
  webhook_id: number | null
  incident_id: number | null
  unit_id: number | null
  data: Record<string, unknown>
  attempts: number
  round: number
  expires_at: string
}

const dueColumns = `m.id, m.fact_id, m.event, m.channel, m.recipient, m.person_id, m.webhook_id,
  m.incident_id, m.unit_id, m.data, m.attempts, m.round, m.expires_at`

/** How many more may be tried: of each channel to people, and of each webhook, less what is tried now. */
export type Free = {
  channels: readonly { channel: string; count: number }[]
  each: number
  busy: readonly { webhook_id: number; count: number }[]
}

/**
 * Claims messages that are due, as many as are free, until the end of a lease: then they are due again,
 * whatever became of the worker. Those of a paused webhook wait.
 */
export async function claimDue(
  on: On,
  { channels, each, busy }: Free,
  { now, until }: { now: string; until: string },
): Promise<Due[]> {
  const text = `UPDATE messages m SET due_at = $2, attempts = attempts + 1
    FROM (SELECT x.id FROM unnest($3::text[], $4::int[]) AS f(channel, count)
      CROSS JOIN LATERAL (SELECT d.id FROM messages d
        WHERE d.channel = f.channel AND d.state = 'WAITING' AND d.due_at <= $1
        ORDER BY d.due_at, d.id LIMIT f.count FOR UPDATE OF d SKIP LOCKED) AS x
    UNION ALL SELECT y.id FROM webhooks w
      LEFT JOIN unnest($5::bigint[], $6::int[]) AS b(webhook_id, count) ON b.webhook_id = w.id
      CROSS JOIN LATERAL (SELECT d.id FROM messages d
        WHERE d.webhook_id = w.id AND d.state = 'WAITING' AND d.due_at <= $1
        ORDER BY d.due_at, d.id LIMIT greatest(0, $7::int - coalesce(b.count, 0))
        FOR UPDATE OF d SKIP LOCKED) AS y
      WHERE w.active AND w.paused_at IS NULL AND w.retired_at IS NULL) AS picked
    WHERE m.id = picked.id RETURNING ${dueColumns}`
  const free = [channels.map((one) => one.channel), channels.map((one) => one.count)]
  const taken = [busy.map((one) => one.webhook_id), busy.map((one) => one.count)]
  const values = [now, until, ...free, ...taken, each]
  return (await on.query<Due>({ name: 'claim-messages', text, values })).rows
}

export async function findDue(on: On, id: number): Promise<Due | undefined> {
  const text = `SELECT ${dueColumns} FROM messages m WHERE m.id = $1 FOR UPDATE`
  return (await on.query<Due>(text, [id])).rows[0]
}

export type Result = {
  id: number
  attempts: number
  state: 'DELIVERED' | 'FAILED' | 'WAITING'
  fault: string | null
  due_at: string
  at: string
}

/** What came of a try; false when the lease had ended and another worker has it, or it was acknowledged. */
export async function finishTry(on: On, one: Result): Promise<boolean> {
  const text = `UPDATE messages SET state = $3, fault = $4, due_at = $5,
      delivered_at = CASE WHEN $3 = 'DELIVERED' THEN $6::timestamptz ELSE delivered_at END
    WHERE id = $1 AND attempts = $2 AND state = 'WAITING'`
  const values = [one.id, one.attempts, one.state, one.fault, one.due_at, one.at]
  return (await on.query({ name: 'finish-try', text, values })).rowCount === 1
}

/** A try that came to nothing after all, such as a call that nobody answered; false when it is not so. */
export async function takeBack(on: On, one: Omit<Result, 'at'> & { round: number }): Promise<boolean> {
  const text = `UPDATE messages SET state = $4, fault = $5, due_at = $6, delivered_at = NULL
    WHERE id = $1 AND round = $2 AND attempts = $3 AND channel = 'VOICE' AND state = 'DELIVERED'`
  const values = [one.id, one.round, one.attempts, one.state, one.fault, one.due_at]
  return (await on.query({ name: 'take-back', text, values })).rowCount === 1
}

/** Ends messages whose time is over and that nobody claims, such as those of a paused webhook. */
export async function failExpired(on: On, now: string, limit: number): Promise<void> {
  const text = `UPDATE messages SET state = 'FAILED', fault = 'too late' WHERE id IN (SELECT id FROM messages
    WHERE state = 'WAITING' AND channel = 'WEBHOOK' AND expires_at < $1 AND due_at <= $1
    ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED)`
  await on.query(text, [now, limit])
}
