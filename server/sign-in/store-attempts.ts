import type { Connection, Database } from '../lib/db.ts'

/** Times as ISO texts; `bucket` is the keyed hash of what is counted together. */
export type AttemptsRow = {
  bucket: Buffer
  attempts: number
  since: string
  blocks: number
  blocked_until: string | null
}

/**
 * The rows of these buckets in the order they are given, made where there are none, and held until the
 * transaction ends: in one order, so that two sign-ins do not lock each other out.
 */
export async function holdAttempts(
  connection: Connection,
  buckets: readonly Buffer[],
  now: string,
): Promise<AttemptsRow[]> {
  const text = `INSERT INTO sign_in_attempts (bucket, attempts, since, blocks)
    SELECT b, 0, $2, 0 FROM unnest($1::bytea[]) AS b ORDER BY b
    ON CONFLICT (bucket) DO UPDATE SET bucket = EXCLUDED.bucket
    RETURNING bucket, attempts, since, blocks, blocked_until`
  const { rows } = await connection.query<AttemptsRow>(text, [buckets, now])
  return buckets.map((one) => rows.find(({ bucket }) => bucket.equals(one)) as AttemptsRow)
}

export async function writeAttempts(connection: Connection, one: AttemptsRow): Promise<void> {
  const text = `UPDATE sign_in_attempts SET attempts = $2, since = $3, blocks = $4, blocked_until = $5
    WHERE bucket = $1`
  await connection.query(text, [one.bucket, one.attempts, one.since, one.blocks, one.blocked_until])
}

/** Takes one attempt back, unless another window has begun since. */
export async function giveBack(db: Database, { bucket, since }: Pick<AttemptsRow, 'bucket' | 'since'>) {
  const text = `UPDATE sign_in_attempts SET attempts = greatest(0, attempts - 1)
    WHERE bucket = $1 AND since = $2`
  await db.pool.query(text, [bucket, since])
}

export async function forgetAttempts(db: Database, bucket: Buffer): Promise<void> {
  await db.pool.query('DELETE FROM sign_in_attempts WHERE bucket = $1', [bucket])
}

/** What began before that time, a batch at a time. */
export async function deleteOldAttempts(db: Database, before: string): Promise<void> {
  const old = `SELECT bucket FROM sign_in_attempts WHERE since < $1
    ORDER BY since LIMIT 10000 FOR UPDATE SKIP LOCKED`
  await db.pool.query(`DELETE FROM sign_in_attempts WHERE bucket IN (${old})`, [before])
}
