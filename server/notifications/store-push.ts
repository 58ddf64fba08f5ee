import type { Connection } from '../lib/db.ts'

type On = Pick<Connection, 'query'>

export type KeptKeys = { public_key: string; private_key: Buffer }

export async function findPushKeys(on: On): Promise<KeptKeys | undefined> {
  const { rows } = await on.query<KeptKeys>('SELECT public_key, private_key FROM push_keys')
  return rows[0]
}

/** Another process that was first keeps its own. */
export async function insertPushKeys(on: On, one: KeptKeys, at: string): Promise<void> {
  const text = `INSERT INTO push_keys (public_key, private_key, created_at) VALUES ($1, $2, $3)
    ON CONFLICT DO NOTHING`
  await on.query(text, [one.public_key, one.private_key, at])
}

export async function holdPushKeys(on: On): Promise<KeptKeys | undefined> {
  const { rows } = await on.query<KeptKeys>('SELECT public_key, private_key FROM push_keys FOR UPDATE')
  return rows[0]
}

export async function keepPrivateKey(on: On, sealed: Buffer): Promise<void> {
  await on.query('UPDATE push_keys SET private_key = $1', [sealed])
}

/** Phones of one person; the oldest goes when there is one more. */
const mostPhones = 5

export async function takePushId(on: On): Promise<number> {
  const text = "SELECT nextval(pg_get_serial_sequence('push_subscriptions', 'id')) AS id"
  return (await on.query<{ id: number }>(text)).rows[0]?.id as number
}

export type NewPush = {
  id: number
  person_id: number
  /** SHA-256 of the session's token in hexadecimal. */
  session: string
  endpoint_index: Buffer
  subscription: Buffer
  created_at: string
}

/** Whoever is signed in on a phone is told there: the same endpoint changes hands. False: no such session. */
export async function writePush(on: On, one: NewPush): Promise<boolean> {
  const text = `INSERT INTO push_subscriptions
      (id, person_id, session_id, endpoint_index, subscription, created_at)
    SELECT $1, $2, s.id, $4, $5, $6 FROM sessions s WHERE s.token_hash = decode($3, 'hex')
    ON CONFLICT (endpoint_index) DO UPDATE SET id = excluded.id, person_id = excluded.person_id,
      session_id = excluded.session_id, subscription = excluded.subscription,
      created_at = excluded.created_at`
  const { id, person_id, session, endpoint_index, subscription, created_at } = one
  const values = [id, person_id, session, endpoint_index, subscription, created_at]
  const { rowCount } = await on.query(text, values)
  const tooMany = `SELECT id FROM push_subscriptions WHERE person_id = $1
    ORDER BY id DESC OFFSET ${mostPhones}`
  await on.query(`DELETE FROM push_subscriptions WHERE id IN (${tooMany})`, [person_id])
  return rowCount === 1
}

export type PushRow = { id: number; subscription: Buffer }

/** Phones of a person whose sessions are good still. */
export async function readPushes(on: On, personId: number, now: string): Promise<PushRow[]> {
  const text = `SELECT v.id, v.subscription FROM push_subscriptions v JOIN sessions s ON s.id = v.session_id
    WHERE v.person_id = $1 AND s.expires_at > $2 ORDER BY v.id LIMIT ${mostPhones}`
  return (await on.query<PushRow>({ name: 'read-pushes', text, values: [personId, now] })).rows
}

export async function deletePushes(on: On, ids: readonly number[]): Promise<void> {
  await on.query('DELETE FROM push_subscriptions WHERE id = ANY($1)', [ids])
}

export async function deleteOwnPush(on: On, id: number, personId: number): Promise<boolean> {
  const text = 'DELETE FROM push_subscriptions WHERE id = $1 AND person_id = $2'
  return (await on.query(text, [id, personId])).rowCount === 1
}
