import { usernameForm } from '@toneout/contract/model/people.ts'
import type { KeyRole, PersonRole } from '@toneout/contract/roles.ts'
import { type Connection, type Database, sql, transaction } from '../lib/db.ts'

export type Person = { id: number; username: string; role: PersonRole; active: boolean }
export type KnownPerson = Person & {
  /** Of the dispatcher's profile; null without one, empty when it tells none. */
  full_name: string | null
  /** Sessions and tokens of another generation are refused. */
  generation: number
  /** Whether an authenticator app is set up. */
  enrolled: boolean
  /** From when the days count within which none is needed yet. */
  factor_from: string
}
export type KeyHolder = {
  id: number
  name: string
  role: KeyRole
  rate_limit_per_second: number | null
  rate_limit_per_minute: number | null
  expires_at: string | null
}

const hex = (value: string) => sql<Buffer>`decode(${value}, 'hex')`

const personColumns = `p.id, p.username, p.role, p.active, d.full_name, p.generation,
  coalesce(p.second_factor_from, p.created_at) AS factor_from,
  EXISTS (SELECT FROM second_factors f WHERE f.person_id = p.id AND f.confirmed_at IS NOT NULL) AS enrolled`
const personTables = 'people p LEFT JOIN dispatchers d ON d.person_id = p.id'

export async function findPerson(db: Database, id: number): Promise<KnownPerson | undefined> {
  const text = `SELECT ${personColumns} FROM ${personTables} WHERE p.id = $1`
  return (await db.pool.query<KnownPerson>({ name: 'known-person', text, values: [id] })).rows[0]
}

export type Account = KnownPerson & { password_hash: string }

/**
 * By sign-in name in any letter case, with the password's hash. A name that is older than the rule of plain
 * ones is also found as it is written: what its letter case is, programs do not agree about.
 */
export async function findByUsername(db: Database, username: string): Promise<Account | undefined> {
  const text = `SELECT ${personColumns}, p.password_hash FROM ${personTables} 
    WHERE lower(p.username) = $1 OR (lower(p.username) = lower($2) AND p.username = $2)
    ORDER BY (p.username = $2) DESC LIMIT 1`
  const values = [usernameForm(username), username]
  return (await db.pool.query<Account>({ name: 'account', text, values })).rows[0]
}

export type NewPerson = { username: string; password_hash: string; role: PersonRole; created_at: string }

/**
 * Makes the first admin, undefined when there is one or the username is taken. The lock lets one process at a
 * time look and write; it does not hold up those who read.
 */
export async function insertFirstAdmin(
  db: Database,
  { username, password_hash, created_at }: Omit<NewPerson, 'role'>,
): Promise<number | undefined> {
  return transaction(db, async (connection) => {
    await connection.query('LOCK TABLE people IN SHARE ROW EXCLUSIVE MODE')
    const text = `INSERT INTO people (username, password_hash, role, created_at)
      SELECT $1, $2, 'admin', $3 WHERE NOT EXISTS (SELECT FROM people WHERE role = 'admin')
      ON CONFLICT DO NOTHING RETURNING id`
    const { rows } = await connection.query<{ id: number }>(text, [username, password_hash, created_at])
    return rows[0]?.id
  })
}

export async function anyAdmin(db: Database): Promise<boolean> {
  return ((await db.pool.query("SELECT FROM people WHERE role = 'admin' LIMIT 1")).rowCount ?? 0) > 0
}

/** undefined when the username is taken. */
export async function insertPerson(db: Database, person: NewPerson): Promise<number | undefined> {
  const made = await db.kysely
    .insertInto('people')
    .values(person)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return made?.id
}

/**
 * Also lets the person in again, without the second factor: it is the way back for who lost both. Who is no
 * paramedic any more is in no crew and is not sent.
 */
export async function setPassword(db: Database, id: number, password_hash: string, role: PersonRole) {
  await transaction(db, async (connection) => {
    await connection.query(
      `UPDATE people SET password_hash = $2, role = $3, active = true,
        hospital_id = CASE WHEN $3 = 'hospital' THEN hospital_id END WHERE id = $1`,
      [id, password_hash, role],
    )
    if (role !== 'paramedic') {
      const text = 'UPDATE paramedics SET available = false, unit_id = NULL WHERE person_id = $1'
      await connection.query(text, [id])
    }
    await connection.query('DELETE FROM second_factors WHERE person_id = $1', [id])
    await endSessions(connection, id)
  })
}

/** Ends the sessions and tokens of a person; every process asks anew who its callers are. */
export async function endSessions(connection: Connection, personId: number): Promise<void> {
  await connection.query('UPDATE people SET generation = generation + 1 WHERE id = $1', [personId])
  await connection.query('DELETE FROM sessions WHERE person_id = $1', [personId])
  await tellChange(connection)
}

export async function findKey(db: Database, keyHash: string): Promise<KeyHolder | undefined> {
  const found = await db.kysely
    .selectFrom('api_keys')
    .select(['id', 'name', 'role', 'rate_limit_per_second', 'rate_limit_per_minute', 'expires_at'])
    .where('key_hash', '=', hex(keyHash))
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return found as KeyHolder | undefined
}

/** At most once a minute a key; a row that somebody holds is left as it is. */
export async function noteUse(db: Database, id: number, at: string): Promise<void> {
  const text = `UPDATE api_keys SET last_used_at = $2 WHERE id = (SELECT id FROM api_keys WHERE id = $1
    AND (last_used_at IS NULL OR last_used_at < $2::timestamptz - interval '1 minute')
    FOR NO KEY UPDATE SKIP LOCKED)`
  await db.pool.query(text, [id, at])
}

export async function anyKey(db: Database): Promise<boolean> {
  return (await db.kysely.selectFrom('api_keys').select('id').limit(1).execute()).length > 0
}

export type NewKey = {
  name: string
  /** SHA-256 of the key. */
  key: string
  role: KeyRole
  created_at: string
  expires_at?: string
  rate_limit_per_second?: number
  rate_limit_per_minute?: number
}

/** Stores a key by its hash; nothing happens when it is there, also when it was revoked. */
export async function insertKey(db: Database, { key, ...row }: NewKey): Promise<void> {
  await db.kysely
    .insertInto('api_keys')
    .values({ ...row, key_hash: hex(key) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await tellChange(db.pool)
}

/** Wakes every process to forget what it remembers of credentials; in a transaction with its commit. */
export async function tellChange(on: Pick<Connection, 'query'>): Promise<void> {
  await on.query("SELECT pg_notify('access', '')")
}
