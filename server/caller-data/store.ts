import type { Connection } from '../lib/db.ts'

export type KeyRow = { id: number; purpose: 'field' | 'index'; wrapped: Buffer; usable_from: string }

/** All data keys, oldest first. There are few: one for each rotation. */
export async function readDataKeys(on: Pick<Connection, 'query'>): Promise<KeyRow[]> {
  const text = 'SELECT id, purpose, wrapped, usable_from FROM data_keys ORDER BY id'
  return (await on.query<KeyRow>({ name: 'data-keys', text })).rows
}

/** Key of the advisory lock that lets one process at a time make or change data keys: "tonk" in ASCII. */
const keysLock = 0x746f6e6b

export async function lockDataKeys(connection: Connection): Promise<void> {
  await connection.query('SELECT pg_advisory_xact_lock($1)', [keysLock])
}

export async function takeKeyId(connection: Connection): Promise<number> {
  const { rows } = await connection.query<{ id: number }>(`SELECT nextval('data_keys_id_seq') AS id`)
  return (rows[0] as { id: number }).id
}

export async function insertDataKey(connection: Connection, key: KeyRow & { created_at: string }) {
  const text = `INSERT INTO data_keys (id, purpose, wrapped, created_at, usable_from)
    VALUES ($1, $2, $3, $4, $5)`
  await connection.query(text, [key.id, key.purpose, key.wrapped, key.created_at, key.usable_from])
}

export async function replaceWrapped(connection: Connection, id: number, wrapped: Buffer): Promise<void> {
  await connection.query('UPDATE data_keys SET wrapped = $2 WHERE id = $1', [id, wrapped])
}

/** Wakes every process to read the data keys again; leaves with the commit. */
export async function tellKeys(connection: Connection): Promise<void> {
  await connection.query(`SELECT pg_notify('data_keys', '')`)
}

/** A call's number as it lies in the table. */
export type NumberRow = { id: number; caller_number: string | null; caller_sealed: Buffer | null }

/** Calls whose numbers are still in plain text; rows that are held now are passed over. */
export async function takePlain(connection: Connection, limit: number): Promise<NumberRow[]> {
  const text = `SELECT id, caller_number, caller_sealed FROM calls WHERE caller_number IS NOT NULL
    ORDER BY id LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED`
  return (await connection.query<NumberRow>(text, [limit])).rows
}

/** Calls after an id whose numbers were sealed with another key than `keyId`, in order. */
export async function takeSealedOtherwise(
  connection: Connection,
  { after, keyId, limit }: { after: number; keyId: number; limit: number },
): Promise<NumberRow[]> {
  const text = `SELECT id, caller_number, caller_sealed FROM calls
    WHERE id > $1 AND caller_sealed IS NOT NULL AND substring(caller_sealed FROM 2 FOR 4) <> $2
    ORDER BY id LIMIT $3 FOR NO KEY UPDATE`
  const key = Buffer.alloc(4)
  key.writeUInt32BE(keyId)
  return (await connection.query<NumberRow>(text, [after, key, limit])).rows
}

export type SealedNumber = { id: number; caller_sealed: Buffer; caller_index: Buffer }

export async function keepSealed(connection: Connection, sealed: readonly SealedNumber[]): Promise<void> {
  const text = `UPDATE calls c SET caller_number = NULL, caller_sealed = n.sealed, caller_index = n.index
    FROM unnest($1::bigint[], $2::bytea[], $3::bytea[]) AS n(id, sealed, index) WHERE c.id = n.id`
  await connection.query(text, [
    sealed.map((one) => one.id),
    sealed.map((one) => one.caller_sealed),
    sealed.map((one) => one.caller_index),
  ])
}

export async function findNumber(connection: Connection, sid: string): Promise<NumberRow | undefined> {
  const text = 'SELECT id, caller_number, caller_sealed FROM calls WHERE call_sid = $1'
  return (await connection.query<NumberRow>(text, [sid])).rows[0]
}

type Hold = { id: number; legal_hold: string | null }

export async function lockHold(connection: Connection, sid: string): Promise<Hold | undefined> {
  const text = 'SELECT id, legal_hold FROM calls WHERE call_sid = $1 FOR NO KEY UPDATE'
  return (await connection.query<Hold>(text, [sid])).rows[0]
}

export async function setHold(connection: Connection, id: number, reason: string | null): Promise<void> {
  await connection.query('UPDATE calls SET legal_hold = $2 WHERE id = $1', [id, reason])
}
