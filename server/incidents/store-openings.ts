import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Connection } from '../lib/db.ts'

/** Who asks, by which key, with which body (its SHA-256 as hex). */
export type Once = { person_id: number; key: string; hash: string }
export type FirstReply = { request_hash: string; reply: Incident }

/** Any number that no other lock of this kind has: "open" in ASCII. */
const openings = 0x6f70656e

/** Lets requests with the same key wait for each other, to the end of the transaction. */
export async function lockKey(connection: Connection, { person_id, key }: Once): Promise<void> {
  const text = `SELECT pg_advisory_xact_lock(${openings}, hashtext($1))`
  await connection.query(text, [`${person_id} ${key}`])
}

/** The first reply, younger than `since`; a statement of its own after the lock. */
export async function findFirstReply(
  connection: Connection,
  { person_id, key }: Once,
  since: string,
): Promise<FirstReply | undefined> {
  const text = `SELECT encode(request_hash, 'hex') AS request_hash, reply FROM incident_openings
    WHERE person_id = $1 AND key = $2 AND created_at > $3`
  return (await connection.query<FirstReply>(text, [person_id, key, since])).rows[0]
}

/** Keeps a first reply; a key whose 24 h are over is taken anew. */
export async function keepFirstReply(connection: Connection, once: Once, reply: Incident, at: string) {
  const text = `INSERT INTO incident_openings (person_id, key, request_hash, incident_id, reply, created_at)
    VALUES ($1, $2, decode($3, 'hex'), $4, $5, $6)
    ON CONFLICT (person_id, key) DO UPDATE SET request_hash = excluded.request_hash,
      incident_id = excluded.incident_id, reply = excluded.reply, created_at = excluded.created_at`
  const { person_id, key, hash } = once
  await connection.query(text, [person_id, key, hash, reply.id, JSON.stringify(reply), at])
}

/** First replies older than a day are not promised any more. */
export async function deleteOldOpenings(connection: Connection, before: string): Promise<void> {
  await connection.query(
    `DELETE FROM incident_openings WHERE (person_id, key) IN (
      SELECT person_id, key FROM incident_openings WHERE created_at < $1 LIMIT 10000 FOR UPDATE SKIP LOCKED)`,
    [before],
  )
}
