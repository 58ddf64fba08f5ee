import type { Alarm } from '@toneout/contract/model/alarm.ts'
import type { ChannelState } from '@toneout/contract/model/contact.ts'
import type { Message, MessageQuery } from '@toneout/contract/model/message.ts'
import { type Connection, type Database, sql } from '../lib/db.ts'
import { anywhere, type Page } from '../lib/keyset-page.ts'
import { readNewestPage } from '../lib/newest-page.ts'

type On = Pick<Connection, 'query'>

const columns = `m.id, m.fact_id, m.event, m.channel, m.state, m.person_id,
  coalesce((SELECT p.username FROM people p WHERE p.id = m.person_id),
    (SELECT w.url FROM webhooks w WHERE w.id = m.webhook_id)) AS recipient,
  m.incident_id, m.unit_id, m.attempts,
  CASE WHEN m.state = 'WAITING' AND m.channel <> 'SCREEN' THEN m.due_at END AS next_try_at,
  m.created_at, m.delivered_at, m.acknowledged_at, m.fault`

/** A name that more people than this have a part of is no rare one. */
const mostNamed = 200

/**
 * Those whose username holds the text. A few are looked up first: the planner knows how many messages each of
 * them has, and so whether to read theirs or to go back in time until a page is full.
 */
async function ofNamed({ pool }: Database, part: string) {
  const named = 'SELECT id FROM people WHERE username ILIKE'
  const found = await pool.query<{ id: number }>(`${named} $1 LIMIT ${mostNamed + 1}`, [anywhere(part)])
  if (found.rows.length > mostNamed) return sql`m.person_id IN (${sql.raw(named)} ${anywhere(part)})`
  return sql`m.person_id = ANY(${found.rows.map(({ id }) => id)})`
}

/** A page of messages, newest first; undefined when the cursor is not one of this list's. */
export async function readMessages(db: Database, query: MessageQuery): Promise<Page<Message> | undefined> {
  const { cursor, page_size, search, ...filters } = query
  const given = Object.entries(filters).filter(([, value]) => value !== undefined)
  const where = given.map(([name, value]) => sql`${sql.raw(`m.${name}`)} = ${value}`)
  if (search) where.push(await ofNamed(db, search))
  const list = {
    name: 'messages',
    columns,
    from: 'messages m',
    where: where.length > 0 ? sql.join(where, sql` AND `) : sql`true`,
    key: 'm.created_at',
    keyType: 'timestamptz',
    id: 'm.id',
    newestFirst: true,
  } as const
  return readNewestPage<Message>(db, list, { cursor, page_size })
}

export async function findMessage(on: On, id: number): Promise<Message | undefined> {
  return (await on.query<Message>(`SELECT ${columns} FROM messages m WHERE m.id = $1`, [id])).rows[0]
}

export type OwnRow = Pick<
  Message,
  'id' | 'event' | 'incident_id' | 'unit_id' | 'created_at' | 'acknowledged_at'
> & { data: object }

const ownColumns = 'm.id, m.event, m.incident_id, m.unit_id, m.created_at, m.acknowledged_at, m.data'

/** The last messages on somebody's screen, newest first. */
export async function readOwnMessages(on: On, personId: number, limit: number): Promise<OwnRow[]> {
  const text = `SELECT ${ownColumns} FROM messages m WHERE m.person_id = $1 AND m.channel = 'SCREEN'
    ORDER BY m.id DESC LIMIT $2`
  return (await on.query<OwnRow>({ name: 'own-messages', text, values: [personId, limit] })).rows
}

export type HeldMessage = OwnRow &
  Pick<Message, 'state' | 'channel' | 'person_id'> & {
    round: number
    assignment_id: number | null
    /** Of the person; null for a webhook. */
    username: string | null
  }

/** The message and whose it is, held until the transaction ends. */
export async function holdMessage(on: On, id: number): Promise<HeldMessage | undefined> {
  const text = `SELECT ${ownColumns}, m.state, m.channel, m.person_id, m.round, m.assignment_id, p.username
    FROM messages m LEFT JOIN people p ON p.id = m.person_id WHERE m.id = $1 FOR UPDATE OF m`
  return (await on.query<HeldMessage>(text, [id])).rows[0]
}

export async function markAcknowledged(on: On, id: number, at: string): Promise<void> {
  const text = "UPDATE messages SET state = 'ACKNOWLEDGED', acknowledged_at = $2 WHERE id = $1"
  await on.query(text, [id, at])
}

/** Sends it again from the beginning, as another message to its provider. */
export async function markAgain(on: On, id: number, at: string, expires: string): Promise<void> {
  const text = `UPDATE messages SET state = 'WAITING', attempts = 0, round = round + 1, due_at = $2,
    expires_at = $3, fault = NULL, delivered_at = NULL, acknowledged_at = NULL WHERE id = $1`
  await on.query(text, [id, at, expires])
}

type Counts = Pick<ChannelState, 'channel' | 'waiting' | 'delivered' | 'failed'>

/** What channels did since an instant. */
export async function countByChannel(on: On, since: string): Promise<Counts[]> {
  const text = `SELECT channel, count(*) FILTER (WHERE state = 'WAITING') AS waiting,
      count(*) FILTER (WHERE state IN ('DELIVERED', 'ACKNOWLEDGED')) AS delivered,
      count(*) FILTER (WHERE state = 'FAILED') AS failed
    FROM messages WHERE created_at >= $1 GROUP BY channel`
  return (await on.query<Counts>(text, [since])).rows
}

const alarmColumns = `a.id, a.kind, a.stage, a.call_id, a.incident_id, a.unit_id, a.raised_at,
  a.acknowledged_at, p.username AS acknowledged_by, a.ended_at`

/** Alarms of desks, newest first, at most 200: those that stand, or all. */
export async function readAlarms(on: On, all: boolean): Promise<Omit<Alarm, 'words'>[]> {
  const text = `SELECT ${alarmColumns} FROM alarms a LEFT JOIN people p ON p.id = a.acknowledged_by
    WHERE a.raised_at IS NOT NULL AND ($1 OR a.ended_at IS NULL)
    ORDER BY a.raised_at DESC, a.id DESC LIMIT 200`
  return (await on.query<Omit<Alarm, 'words'>>(text, [all])).rows
}
