import type { Connection, Database } from '../lib/db.ts'

/** A block as stored; `fact_ids` is PostgreSQL's text of a multirange, `sealed_at` seconds since 1970. */
export type Seal = {
  seq: number
  first_fact_id: number
  last_fact_id: number
  fact_count: number
  fact_ids: string
  row_hashes: Buffer
  previous_hash: Buffer
  hash: Buffer
  sealed_at: string
}

/** Facts as they are now: their ids, as a multirange, and their SHA-256 one after the other by id. */
export type HashedRows = { fact_ids: string; hashes: Buffer }

/**
 * A fact without its number as PostgreSQL writes a row: its quoting keeps fields apart, and an empty text
 * from none. The instant is a number, because a time's text hangs on settings of the session.
 */
const written = `ROW(extract(epoch FROM at), type, actor_kind, actor_id, actor_name, call_id, incident_id,
  unit_id, request_id, data)::text`

const hashing = `SELECT range_agg(int8range(id, id, '[]'))::text AS fact_ids,
    string_agg(sha256(convert_to(f.written, 'UTF8')), '' ORDER BY id) AS hashes
  FROM (SELECT id, ${written} AS written FROM facts
    WHERE id BETWEEN $1 AND $2 ORDER BY id LIMIT $3) AS f`

/** Ids before and after all others; numbers of JavaScript cannot say them. */
export const firstOfAll = '-9223372036854775808'
export const lastOfAll = '9223372036854775807'

/** The first facts of a range, at most `limit`; undefined when there are none. */
export async function hashRows(
  connection: Pick<Connection, 'query'>,
  from: number | string,
  to: number | string,
  limit: number,
): Promise<HashedRows | undefined> {
  const values = [from, to, limit]
  const { rows } = await connection.query<HashedRows>({ name: 'hash-facts', text: hashing, values })
  return rows[0]?.hashes ? rows[0] : undefined
}

const columns = `seq, first_fact_id, last_fact_id, fact_count, fact_ids::text AS fact_ids, row_hashes,
  previous_hash, hash, extract(epoch FROM sealed_at)::text AS sealed_at`

/** Blocks in order from a number on. */
export async function readSeals(
  connection: Pick<Connection, 'query'>,
  from: number,
  limit: number,
): Promise<Seal[]> {
  const text = `SELECT ${columns} FROM audit_seals WHERE seq >= $1 ORDER BY seq LIMIT $2`
  return (await connection.query<Seal>({ name: 'read-seals', text, values: [from, limit] })).rows
}

/**
 * The next blocks from a number on, with so few facts together that these are hashed in one statement, or
 * one block; at most `blocks`.
 */
export async function readWindow(
  connection: Pick<Connection, 'query'>,
  from: number,
  limit: { blocks: number; facts: number },
): Promise<Seal[]> {
  const text = `SELECT ${columns} FROM audit_seals WHERE seq IN (
      SELECT seq FROM (SELECT seq, row_number() OVER (ORDER BY seq) AS place,
          sum(least(greatest(fact_count, 1), $3)) OVER (ORDER BY seq) AS facts
        FROM (SELECT seq, fact_count FROM audit_seals WHERE seq >= $1 ORDER BY seq LIMIT $2) AS n) AS summed
      WHERE place = 1 OR facts <= $3)
    ORDER BY seq`
  const values = [from, limit.blocks, limit.facts]
  return (await connection.query<Seal>({ name: 'read-window', text, values })).rows
}

/** The newest block; undefined while there is none. */
export async function newestSeal(connection: Pick<Connection, 'query'>): Promise<Seal | undefined> {
  const text = `SELECT ${columns} FROM audit_seals ORDER BY seq DESC LIMIT 1`
  return (await connection.query<Seal>({ name: 'newest-seal', text })).rows[0]
}

/** Key of the advisory lock that one sealing at a time holds to its commit: "toau" in ASCII. */
const sealingLock = 0x746f6175

/** False when another process seals at this moment. */
export async function takeSealing(connection: Connection): Promise<boolean> {
  const text = 'SELECT pg_try_advisory_xact_lock($1) AS taken'
  return (await connection.query<{ taken: boolean }>(text, [sealingLock])).rows[0]?.taken ?? false
}

export async function insertSeal(connection: Connection, seal: Seal): Promise<void> {
  const text = `INSERT INTO audit_seals (seq, first_fact_id, last_fact_id, fact_count, fact_ids, row_hashes,
      previous_hash, hash, sealed_at)
    VALUES ($1, $2, $3, $4, $5::int8multirange, $6, $7, $8, to_timestamp($9::float8))`
  const { seq, first_fact_id, last_fact_id, fact_count, fact_ids, row_hashes, previous_hash, hash } = seal
  const numbers = [seq, first_fact_id, last_fact_id, fact_count]
  await connection.query(text, [...numbers, fact_ids, row_hashes, previous_hash, hash, seal.sealed_at])
}

const countedTo = 10_000

/** Facts after an id, counted to 10,000 at most. */
export async function countAfter(db: Database, id: number): Promise<number> {
  const text = `SELECT count(*) AS n FROM (SELECT FROM facts WHERE id > $1 LIMIT ${countedTo}) AS after`
  return (await db.pool.query<{ n: number }>(text, [id])).rows[0]?.n ?? 0
}
