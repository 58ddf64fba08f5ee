import { sha256 } from './crypto.ts'
import type { Database } from './db.ts'
import { type Bucket, type Limit, refill, secondsToToken } from './limits.ts'

/** Buckets of callers of one process, which may be shared with other processes through the database. */
export type Buckets = {
  /**
   * Takes a token of the caller for each limit, or none and gives the whole seconds to wait. It asks nobody.
   */
  take: (caller: string, limits: readonly Limit[]) => number | undefined
  /** Callers that are counted now. */
  size: () => number
  /**
   * Tells the other processes what was taken here and hears what they took. A bucket that is full is
   * forgotten.
   */
  share: (db: Database) => Promise<void>
}

/** Callers counted at once; beyond it the one that was told of longest ago is forgotten. */
const mostCallers = 10_000
/** Buckets told of in one statement; the others have their turn next time. */
const mostTold = 1_000

/**
 * The row is the bucket of all processes, filled by the clock of the database. It owes at most one burst:
 * nobody waits longer than for that. Rows are written in one order, so that two processes do not lock each
 * other out.
 */
const tell = `INSERT INTO rate_buckets AS b (bucket, per_second, burst, spent, tokens, filled_at)
  SELECT decode(r.bucket, 'hex'), r.per_second, r.burst, r.spent, greatest(-r.burst, r.burst - r.spent),
    clock_timestamp()
  FROM unnest($1::text[], $2::float8[], $3::float8[], $4::float8[]) AS r(bucket, per_second, burst, spent)
  ORDER BY r.bucket
  ON CONFLICT (bucket) DO UPDATE SET per_second = EXCLUDED.per_second, burst = EXCLUDED.burst,
    spent = EXCLUDED.spent, filled_at = greatest(b.filled_at, EXCLUDED.filled_at),
    tokens = greatest(-EXCLUDED.burst, least(EXCLUDED.burst, b.tokens + EXCLUDED.per_second
      * greatest(0, extract(epoch FROM EXCLUDED.filled_at - b.filled_at))) - EXCLUDED.spent)
  RETURNING encode(bucket, 'hex') AS bucket, tokens`

const dropOld = `DELETE FROM rate_buckets WHERE bucket IN
  (SELECT bucket FROM rate_buckets WHERE filled_at < clock_timestamp() - interval '10 minutes'
   FOR UPDATE SKIP LOCKED)`

/** Forgets what nobody has taken of for long; several processes may do it at once. */
export async function dropOldBuckets(db: Database): Promise<void> {
  await db.pool.query(dropOld)
}

type Told = { name: string; bucket: Bucket; hash: string; spent: number }

async function exchange(db: Database, told: readonly Told[]): Promise<Map<string, number>> {
  const values = [
    told.map(({ hash }) => hash),
    told.map(({ bucket }) => bucket.limit.perSecond),
    told.map(({ bucket }) => bucket.limit.burst),
    told.map(({ spent }) => spent),
  ]
  const query = { name: 'share-rate-buckets', text: tell, values }
  const { rows } = await db.pool.query<{ bucket: string; tokens: number }>(query)
  return new Map(rows.map(({ bucket, tokens }) => [bucket, tokens]))
}

/** The bucket of the name, filled up to this moment. */
function find(buckets: Map<string, Bucket>, name: string, limit: Limit, at: number): Bucket {
  const found = buckets.get(name)
  if (found) {
    found.limit = limit
    refill(found, at)
    return found
  }
  if (buckets.size >= mostCallers) buckets.delete(buckets.keys().next().value as string)
  const fresh = { limit, tokens: limit.burst, at, unshared: 0 }
  buckets.set(name, fresh)
  return fresh
}

/** What is to be told of; a bucket that is full and told of is as good as a new one, and goes. */
function choose(buckets: Map<string, Bucket>, at: number): Told[] {
  const told: Told[] = []
  for (const [name, bucket] of buckets) {
    refill(bucket, at)
    if (bucket.unshared === 0 && bucket.tokens >= bucket.limit.burst) buckets.delete(name)
    else if (told.length < mostTold) told.push({ name, bucket, hash: sha256(name), spent: bucket.unshared })
  }
  return told
}

/** `now` is a clock in milliseconds that never goes back. */
export function createBuckets(now: () => number): Buckets {
  const buckets = new Map<string, Bucket>()
  return {
    take(caller, limits) {
      const at = now()
      let wait = 0
      const found: Bucket[] = []
      for (const [which, limit] of limits.entries()) {
        const bucket = find(buckets, which === 0 ? caller : `${caller} ${which}`, limit, at)
        wait = Math.max(wait, secondsToToken(bucket))
        found.push(bucket)
      }
      if (wait > 0) return Math.ceil(wait)
      for (const bucket of found) {
        bucket.tokens -= 1
        bucket.unshared += 1
      }
      return undefined
    },
    size: () => buckets.size,
    async share(db) {
      const at = now()
      const told = choose(buckets, at)
      if (told.length === 0) return
      // What cannot be told is not told later: while the database is away each process limits by itself.
      for (const { bucket } of told) bucket.unshared = 0
      const shared = await exchange(db, told)
      for (const { name, bucket, hash } of told) {
        const tokens = shared.get(hash)
        if (tokens === undefined || buckets.get(name) !== bucket) continue
        bucket.tokens = tokens - bucket.unshared
        bucket.at = at
        // To the end of the turn.
        buckets.delete(name)
        buckets.set(name, bucket)
      }
    },
  }
}
