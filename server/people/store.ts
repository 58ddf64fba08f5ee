import { endedAssignments } from '@toneout/contract/model/assignment.ts'
import type { Dispatcher } from '@toneout/contract/model/dispatcher-profile.ts'
import type { Paramedic } from '@toneout/contract/model/paramedic.ts'
import type { Person } from '@toneout/contract/model/people.ts'
import type { RefusalCode } from '@toneout/contract/refusals.ts'
import { type Connection, listOf } from '../lib/db.ts'

const personColumns = `id, username, role, active, hospital_id, created_at,
  EXISTS (SELECT FROM second_factors f
  WHERE f.person_id = people.id AND f.confirmed_at IS NOT NULL) AS second_factor`

/**
 * The person and all active admins, held until the transaction ends: in one statement by id, so that two
 * admins who change each other wait instead of locking each other out.
 */
export async function lockPerson(
  connection: Connection,
  id: number,
): Promise<{ person: Person | undefined; admins: number[] }> {
  const text = `SELECT ${personColumns} FROM people WHERE id = $1 OR (role = 'admin' AND active)
    ORDER BY id FOR NO KEY UPDATE`
  const { rows } = await connection.query<Person>(text, [id])
  const admins = rows.filter(({ role, active }) => role === 'admin' && active)
  return { person: rows.find((row) => row.id === id), admins: admins.map((row) => row.id) }
}

/** The person as they stay until the transaction ends. */
export async function holdPerson(connection: Connection, id: number): Promise<Person | undefined> {
  const text = `SELECT ${personColumns} FROM people WHERE id = $1 FOR SHARE`
  return (await connection.query<Person>(text, [id])).rows[0]
}

/** Whether the hospital is in use, held so that nobody retires it; undefined when there is none. */
export async function holdHospital(connection: Connection, id: number): Promise<boolean | undefined> {
  const text = 'SELECT retired_at IS NULL AS in_use FROM hospitals WHERE id = $1 FOR SHARE'
  return (await connection.query<{ in_use: boolean }>(text, [id])).rows[0]?.in_use
}

type NewPerson = Pick<Person, 'username' | 'role' | 'hospital_id' | 'created_at'> & { password_hash: string }

/** The new person; fails with people_username_key when the username is taken in any letter case. */
export async function insertPerson(connection: Connection, one: NewPerson): Promise<Person> {
  const text = `INSERT INTO people (username, password_hash, role, hospital_id, created_at)
    VALUES ($1, $2, $3, $4, $5) RETURNING ${personColumns}`
  const values = [one.username, one.password_hash, one.role, one.hospital_id, one.created_at]
  return (await connection.query<Person>(text, values)).rows[0] as Person
}

type Account = Pick<Person, 'id' | 'role' | 'active' | 'hospital_id'>

export async function updatePerson(connection: Connection, one: Account): Promise<Person> {
  const text = `UPDATE people SET role = $2, active = $3, hospital_id = $4
    WHERE id = $1 RETURNING ${personColumns}`
  const values = [one.id, one.role, one.active, one.hospital_id]
  return (await connection.query<Person>(text, values)).rows[0] as Person
}

/** Whether there is such a person. */
export async function updatePassword(connection: Connection, id: number, hash: string): Promise<boolean> {
  const text = 'UPDATE people SET password_hash = $2 WHERE id = $1'
  return (await connection.query(text, [id, hash])).rowCount === 1
}

export function isUsernameTaken(error: unknown): boolean {
  return (error as { constraint?: string }).constraint === 'people_username_key'
}

type Stored = {
  paramedic: Omit<Paramedic, 'username' | 'active' | 'licence_valid' | 'assignment_id'>
  dispatcher: Omit<Dispatcher, 'username' | 'active' | 'role'>
}
export type Kind = keyof Stored

const profileColumns = `person_id, employee_id, full_name, certifications, shift, experience_years,
  emergency_contact, updated_at`
const columns = {
  paramedic: `${profileColumns}, license_number, license_expiry::text, specialties, unit_id, available`,
  dispatcher: profileColumns,
} as const

/** The profile, held until the transaction ends: whoever sends a paramedic holds this lock too. */
export async function lockProfile<K extends Kind>(
  connection: Connection,
  kind: K,
  id: number,
): Promise<Stored[K] | undefined> {
  const text = `SELECT ${columns[kind]} FROM ${kind}s WHERE person_id = $1 FOR NO KEY UPDATE`
  return (await connection.query<Stored[K]>(text, [id])).rows[0]
}

/**
 * The live assignment the paramedic leads. A statement after the lock, so that it sees what the one who held
 * the lock before has left.
 */
export async function findLiveAssignment(connection: Connection, id: number): Promise<number | undefined> {
  const text = `SELECT id FROM assignments
    WHERE paramedic_id = $1 AND status NOT IN ${listOf(endedAssignments)}`
  return (await connection.query<{ id: number }>(text, [id])).rows[0]?.id
}

/** Whether the unit is in use, held so that nobody retires it; undefined when there is none. */
export async function holdUnit(connection: Connection, id: number): Promise<boolean | undefined> {
  const text = 'SELECT retired_at IS NULL AS in_use FROM units WHERE id = $1 FOR SHARE'
  return (await connection.query<{ in_use: boolean }>(text, [id])).rows[0]?.in_use
}

/** Names of columns are the fields of the contract. */
export async function insertProfile(
  connection: Connection,
  kind: Kind,
  row: Record<string, unknown>,
): Promise<void> {
  const names = Object.keys(row)
  const text = `INSERT INTO ${kind}s (${names.join(', ')})
    VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')})`
  await connection.query(text, Object.values(row))
}

export async function updateProfile(
  connection: Connection,
  kind: Kind,
  id: number,
  changes: Record<string, unknown>,
): Promise<void> {
  const set = Object.keys(changes).map((name, at) => `${name} = $${at + 2}`)
  const text = `UPDATE ${kind}s SET ${set.join(', ')} WHERE person_id = $1`
  await connection.query(text, [id, ...Object.values(changes)])
}

const taken: Readonly<Record<string, RefusalCode>> = {
  pkey: 'profile_exists',
  employee_id_key: 'employee_id_taken',
  license_number_key: 'license_number_taken',
}

/** What is taken when a statement failed because another profile has it; undefined for another failure. */
export function takenBy(error: unknown): RefusalCode | undefined {
  const { constraint = '' } = error as { constraint?: string }
  return taken[/^(?:paramedics|dispatchers)_(\w+)$/.exec(constraint)?.[1] ?? '']
}
