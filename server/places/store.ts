import { endedAssignments } from '@toneout/contract/model/assignment.ts'
import type { Hospital } from '@toneout/contract/model/hospital.ts'
import type { Station } from '@toneout/contract/model/station.ts'
import { type Connection, listOf } from '../lib/db.ts'

type Stored = { hospital: Hospital; station: Station }
export type Kind = keyof Stored

/**
 * The place, held until the transaction ends. `alone` keeps out also those who are about to refer to it (a
 * foreign key's check holds FOR KEY SHARE): what is found to be free then stays free.
 */
export async function lockPlace<K extends Kind>(
  connection: Connection,
  kind: K,
  id: number,
  alone: boolean,
): Promise<Stored[K] | undefined> {
  const strength = alone ? 'FOR UPDATE' : 'FOR NO KEY UPDATE'
  const text = `SELECT * FROM ${kind}s WHERE id = $1 ${strength}`
  return (await connection.query<Stored[K]>(text, [id])).rows[0]
}

const users: Readonly<Record<Kind, string>> = {
  hospital: `assignments WHERE hospital_id = $1 AND status NOT IN ${listOf(endedAssignments)}`,
  station: 'units WHERE station_id = $1 AND retired_at IS NULL',
}

/** How many live assignments go there, or how many units wait there; a statement after the lock. */
export async function countUsers(connection: Connection, kind: Kind, id: number): Promise<number> {
  const counted = await connection.query<{ n: number }>(`SELECT count(*) AS n FROM ${users[kind]}`, [id])
  return counted.rows[0]?.n ?? 0
}

/** The new place's id. Names of columns are the fields of the contract. */
export async function insertPlace(
  connection: Connection,
  kind: Kind,
  row: Record<string, unknown>,
): Promise<number> {
  const names = Object.keys(row)
  const text = `INSERT INTO ${kind}s (${names.join(', ')})
    VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')}) RETURNING id`
  const made = await connection.query<{ id: number }>(text, Object.values(row))
  return made.rows[0]?.id as number
}

export async function updatePlace(
  connection: Connection,
  kind: Kind,
  id: number,
  changes: Record<string, unknown>,
): Promise<void> {
  const set = Object.keys(changes).map((name, at) => `${name} = $${at + 2}`)
  const text = `UPDATE ${kind}s SET ${set.join(', ')} WHERE id = $1`
  await connection.query(text, [id, ...Object.values(changes)])
}

/** Whether a statement failed because another place of the kind has this name. */
export function isNameTaken(error: unknown): boolean {
  return /^(hospitals|stations)_name_key$/.test((error as { constraint?: string }).constraint ?? '')
}
