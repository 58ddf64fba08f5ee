import type { Connection } from '../lib/db.ts'

/** An authenticator app as it is stored; `secret` is sealed. */
export type FactorRow = { secret: Buffer; confirmed_at: string | null; last_step: number }

/** Held until the transaction ends, so that a code is not good for two who come at the same instant. */
export async function lockFactor(connection: Connection, personId: number): Promise<FactorRow | undefined> {
  const text = `SELECT secret, confirmed_at, last_step FROM second_factors WHERE person_id = $1 FOR UPDATE`
  return (await connection.query<FactorRow>(text, [personId])).rows[0]
}

/** Whether it could be written: not over one that is in use. */
export async function putFactor(
  connection: Connection,
  personId: number,
  secret: Buffer,
  at: string,
): Promise<boolean> {
  const text = `INSERT INTO second_factors (person_id, secret, created_at) VALUES ($1, $2, $3)
    ON CONFLICT (person_id) DO UPDATE SET secret = $2, created_at = $3
    WHERE second_factors.confirmed_at IS NULL`
  return (await connection.query(text, [personId, secret, at])).rowCount === 1
}

type Confirmed = { step: number; recovery: readonly Buffer[]; at: string }

export async function confirmFactor(connection: Connection, personId: number, one: Confirmed): Promise<void> {
  const text = `UPDATE second_factors SET confirmed_at = $2, last_step = $3, recovery_hashes = $4
    WHERE person_id = $1`
  await connection.query(text, [personId, one.at, one.step, one.recovery])
}

export async function useStep(connection: Connection, personId: number, step: number): Promise<void> {
  await connection.query('UPDATE second_factors SET last_step = $2 WHERE person_id = $1', [personId, step])
}

/** Whether it was one of the codes that are left; it is none any more. */
export async function useRecoveryCode(connection: Connection, personId: number, hash: Buffer) {
  const text = `UPDATE second_factors SET recovery_hashes = array_remove(recovery_hashes, $2)
    WHERE person_id = $1 AND $2 = ANY (recovery_hashes)`
  return (await connection.query(text, [personId, hash])).rowCount === 1
}

/** Whether there is an app in use that they stand in for. */
export async function setRecoveryCodes(connection: Connection, personId: number, hashes: readonly Buffer[]) {
  const text = `UPDATE second_factors SET recovery_hashes = $2
    WHERE person_id = $1 AND confirmed_at IS NOT NULL`
  return (await connection.query(text, [personId, hashes])).rowCount === 1
}

/** Whether there was one in use. */
export async function deleteFactor(connection: Connection, personId: number): Promise<boolean> {
  const text = 'DELETE FROM second_factors WHERE person_id = $1 RETURNING confirmed_at'
  const { rows } = await connection.query<{ confirmed_at: string | null }>(text, [personId])
  return (rows[0]?.confirmed_at ?? null) !== null
}

/** Whether there is such a person, who stays until the transaction ends. */
export async function holdPerson(connection: Connection, personId: number): Promise<boolean> {
  const text = 'SELECT FROM people WHERE id = $1 FOR NO KEY UPDATE'
  return (await connection.query(text, [personId])).rowCount === 1
}

/** Whether the password is still the one that was looked at: each change of it raises the generation. */
export async function replacePassword(
  connection: Connection,
  { id, generation }: { id: number; generation: number },
  hash: string,
): Promise<boolean> {
  const text = 'UPDATE people SET password_hash = $3 WHERE id = $1 AND generation = $2'
  return (await connection.query(text, [id, generation, hash])).rowCount === 1
}

/** All secrets, locked in the order of their people: one for each supervisor and admin. */
export async function lockSecrets(connection: Connection): Promise<{ person_id: number; secret: Buffer }[]> {
  const text = 'SELECT person_id, secret FROM second_factors ORDER BY person_id LIMIT 10000 FOR UPDATE'
  return (await connection.query<{ person_id: number; secret: Buffer }>(text)).rows
}

export async function keepSecret(connection: Connection, personId: number, secret: Buffer): Promise<void> {
  await connection.query('UPDATE second_factors SET secret = $2 WHERE person_id = $1', [personId, secret])
}
