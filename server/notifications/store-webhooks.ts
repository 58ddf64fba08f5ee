import type { Webhook } from '@toneout/contract/model/webhook.ts'
import type { Connection } from '../lib/db.ts'

type On = Pick<Connection, 'query'>
const columns = 'w.id, w.url, w.events, w.active, w.paused_at, w.failures, w.created_at'

/** Webhooks in use; a centre has a handful. */
export const mostWebhooks = 100

export async function readWebhooks(on: On): Promise<Webhook[]> {
  const text = `SELECT ${columns} FROM webhooks w WHERE w.retired_at IS NULL
    ORDER BY w.id LIMIT ${mostWebhooks}`
  return (await on.query<Webhook>(text)).rows
}

/** One after the other, so that two at once do not make one too many. */
export async function lockWebhooks(on: On): Promise<void> {
  await on.query('LOCK TABLE webhooks IN SHARE ROW EXCLUSIVE MODE')
}

export async function takeWebhookId(on: On): Promise<number> {
  const text = "SELECT nextval(pg_get_serial_sequence('webhooks', 'id')) AS id"
  return (await on.query<{ id: number }>(text)).rows[0]?.id as number
}

type NewWebhook = Pick<Webhook, 'id' | 'url' | 'events' | 'created_at'> & { secret: Buffer }

export async function insertWebhook(on: On, one: NewWebhook): Promise<Webhook> {
  const text = `INSERT INTO webhooks AS w (id, url, events, secret, created_at)
    VALUES ($1, $2, $3, $4, $5) RETURNING ${columns}`
  const values = [one.id, one.url, one.events, one.secret, one.created_at]
  return (await on.query<Webhook>(text, values)).rows[0] as Webhook
}

export async function holdWebhook(on: On, id: number): Promise<Webhook | undefined> {
  const text = `SELECT ${columns} FROM webhooks w WHERE w.id = $1 AND w.retired_at IS NULL FOR UPDATE`
  return (await on.query<Webhook>(text, [id])).rows[0]
}

export async function writeWebhook(on: On, one: Webhook): Promise<void> {
  const text = `UPDATE webhooks SET url = $2, events = $3, active = $4, paused_at = $5, failures = $6,
    failing_since = CASE WHEN $6 = 0 THEN NULL ELSE failing_since END WHERE id = $1`
  await on.query(text, [one.id, one.url, one.events, one.active, one.paused_at, one.failures])
}

/** What waits for it is of no use any more. */
export async function retireWebhook(on: On, id: number, at: string): Promise<void> {
  await on.query('UPDATE webhooks SET retired_at = $2 WHERE id = $1', [id, at])
  await on.query(
    `UPDATE messages SET state = 'FAILED', fault = 'taken out of use'
     WHERE webhook_id = $1 AND channel = 'WEBHOOK' AND state = 'WAITING'`,
    [id],
  )
}

export type Target = { id: number; url: string; secret: Buffer }

export async function findTarget(on: On, id: number): Promise<Target | undefined> {
  const text = 'SELECT id, url, secret FROM webhooks WHERE id = $1'
  return (await on.query<Target>({ name: 'webhook-target', text, values: [id] })).rows[0]
}

export async function noteSuccess(on: On, id: number): Promise<void> {
  const text = 'UPDATE webhooks SET failures = 0, failing_since = NULL WHERE id = $1 AND failures > 0'
  await on.query({ name: 'webhook-success', text, values: [id] })
}

/** Counts a failed try; gives the address when it is paused because of it. */
export async function noteFailure(
  on: On,
  id: number,
  { at, failures, since }: { at: string; failures: number; since: string },
): Promise<string | undefined> {
  const text = `UPDATE webhooks SET failures = failures + 1, failing_since = coalesce(failing_since, $2),
      paused_at = CASE WHEN paused_at IS NULL AND failures + 1 >= $3 AND failing_since <= $4
        THEN $2::timestamptz ELSE paused_at END
    WHERE id = $1 RETURNING url, paused_at = $2::timestamptz AS paused`
  const values = [id, at, failures, since]
  const { rows } = await on.query<{ url: string; paused: boolean | null }>(text, values)
  return rows[0]?.paused ? rows[0].url : undefined
}
