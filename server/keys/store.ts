import { type Key, key } from '@toneout/contract/model/key.ts'
import { type Connection, columnsOf } from '../lib/db.ts'

export const keyColumns = columnsOf(Object.keys(key.shape), 'k')

/** Key of the advisory lock under which names of keys are given: "keys" in ASCII. */
const namesLock = 0x6b657973

/** Names are given one after the other, until the transaction ends. */
export async function lockNames(connection: Connection): Promise<void> {
  await connection.query('SELECT pg_advisory_xact_lock($1)', [namesLock])
}

/** Whether a key in use at that instant, other than this one, has the name in any letter case. */
export async function isNameTaken(
  connection: Connection,
  { name, at, otherThan }: { name: string; at: string; otherThan: number | null },
): Promise<boolean> {
  const text = `SELECT FROM api_keys WHERE lower(name) = lower($1) AND revoked_at IS NULL
    AND (expires_at IS NULL OR expires_at > $2) AND id IS DISTINCT FROM $3 LIMIT 1`
  return ((await connection.query(text, [name, at, otherThan])).rowCount ?? 0) > 0
}

export async function lockKey(connection: Connection, id: number): Promise<Key | undefined> {
  const text = `SELECT ${keyColumns} FROM api_keys k WHERE k.id = $1 FOR NO KEY UPDATE`
  return (await connection.query<Key>(text, [id])).rows[0]
}

type Fresh = Omit<Key, 'id' | 'last_used_at' | 'revoked_at' | 'revoked_by'> & { hash: string }

export async function insertKey(connection: Connection, one: Fresh): Promise<Key> {
  const text = `INSERT INTO api_keys AS k (name, role, rate_limit_per_second, rate_limit_per_minute,
      created_at, created_by, expires_at, key_hash)
    VALUES ($1, $2, $3, $4, $5, $6, $7, decode($8, 'hex')) RETURNING ${keyColumns}`
  const limits = [one.rate_limit_per_second, one.rate_limit_per_minute]
  const values = [one.name, one.role, ...limits, one.created_at, one.created_by, one.expires_at, one.hash]
  return (await connection.query<Key>(text, values)).rows[0] as Key
}

type Changed = Pick<Key, 'id' | 'name' | 'expires_at' | 'rate_limit_per_second' | 'rate_limit_per_minute'>

export async function updateKey(connection: Connection, one: Changed): Promise<Key> {
  const text = `UPDATE api_keys k SET name = $2, expires_at = $3, rate_limit_per_second = $4,
    rate_limit_per_minute = $5 WHERE k.id = $1 RETURNING ${keyColumns}`
  const limits = [one.rate_limit_per_second, one.rate_limit_per_minute]
  return (await connection.query<Key>(text, [one.id, one.name, one.expires_at, ...limits])).rows[0] as Key
}

export async function endKey(
  connection: Connection,
  { id, at, by }: { id: number; at: string; by: string },
): Promise<Key> {
  const text = `UPDATE api_keys k SET revoked_at = $2, revoked_by = $3 WHERE k.id = $1
    RETURNING ${keyColumns}`
  return (await connection.query<Key>(text, [id, at, by])).rows[0] as Key
}
