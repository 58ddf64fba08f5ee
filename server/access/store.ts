import type { KeyRole, PersonRole } from '@toneout/contract/roles.ts'
import { type Connection, type Database, sql, transaction } from '../lib/db.ts'

export type Person = { id: number; username: string; role: PersonRole; active: boolean }
/** With the name of the dispatcher's profile; null without one, empty when it tells none. */
export type NamedPerson = Person & { full_name: string | null }
export type KeyHolder = {
  id: number
  name: string
  role: KeyRole
  rate_limit_per_minute: number | null
  expires_at: string | null
}

const hex = (value: string) => sql<Buffer>`decode(${value}, 'hex')`

export async function findPerson(db: Database, id: number): Promise<NamedPerson | undefined> {
  const found = await db.kysely
    .selectFrom('people')
    .leftJoin('dispatchers', 'dispatchers.person_id', 'people.id')
    .select(['people.id', 'username', 'role', 'active', 'full_name'])
    .where('people.id', '=', id)
    .executeTakeFirst()
  return found as NamedPerson | undefined
}

/** By sign-in name in any letter case, with the password's hash. */
export async function findByUsername(db: Database, username: string) {
  const found = await db.kysely
    .selectFrom('people')
    .select(['id', 'username', 'role', 'active', 'password_hash'])
    .where(sql`lower(username)`, '=', username.toLowerCase())
    .executeTakeFirst()
  return found as (Person & { password_hash: string }) | undefined
}

export type NewPerson = { username: string; password_hash: string; role: PersonRole; created_at: string }

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

/** Also lets the person in again. Who is no paramedic any more is in no crew and is not sent. */
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
    await endSessions(connection, id)
  })
}

/** Ends the sessions of a person; every process asks anew who its callers are. */
export async function endSessions(connection: Connection, personId: number): Promise<void> {
  await connection.query('DELETE FROM sessions WHERE person_id = $1', [personId])
  await tellChange(connection)
}

export async function anyAdmin(db: Database): Promise<boolean> {
  const found = await db.kysely
    .selectFrom('people')
    .select('id')
    .where('role', '=', 'admin')
    .limit(1)
    .execute()
  return found.length > 0
}

export async function insertSession(
  connection: Connection,
  session: { token: string; person_id: number; created_at: string; expires_at: string },
): Promise<void> {
  const values = [session.token, session.person_id, session.created_at, session.expires_at]
  await connection.query(
    `INSERT INTO sessions (token_hash, person_id, created_at, expires_at)
    VALUES (decode($1, 'hex'), $2, $3, $4)`,
    values,
  )
  await connection.query('DELETE FROM sessions WHERE expires_at < $1', [session.created_at])
}

/** The person of a session that has not ended, by the hash of its token. */
export async function findSession(db: Database, token: string) {
  const found = await db.kysely
    .selectFrom('sessions')
    .innerJoin('people', 'people.id', 'sessions.person_id')
    .leftJoin('dispatchers', 'dispatchers.person_id', 'people.id')
    .select(['people.id', 'username', 'role', 'active', 'full_name', 'sessions.expires_at'])
    .where('token_hash', '=', hex(token))
    .executeTakeFirst()
  return found as (NamedPerson & { expires_at: string }) | undefined
}

export async function deleteSession(db: Database, token: string): Promise<void> {
  await db.kysely.deleteFrom('sessions').where('token_hash', '=', hex(token)).execute()
  await tellChange(db.pool)
}

export async function findKey(db: Database, keyHash: string): Promise<KeyHolder | undefined> {
  const found = await db.kysely
    .selectFrom('api_keys')
    .select(['id', 'name', 'role', 'rate_limit_per_minute', 'expires_at'])
    .where('key_hash', '=', hex(keyHash))
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return found as KeyHolder | undefined
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
