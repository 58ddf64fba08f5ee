import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import { findByUsername } from '../access/store.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import type { Exchange } from '../lib/http/mount.ts'
import { createTurns } from '../lib/turns.ts'
import { record } from '../timeline/record.ts'
import { bucketsOf } from './buckets.ts'
import { type Bucket, limits, takeAttempt } from './rules.ts'
import * as store from './store-attempts.ts'

/** Whose secret is asked for, and from where. */
export type Asked = { username: string; address: string; request_id: string }

/** Somebody who is signed in already, as attempts are counted. */
export const askedBy = ({ caller, request }: Exchange): Asked => ({
  username: caller.actor.name,
  address: request.ip,
  request_id: request.id,
})

/**
 * What looking at a secret came to. `undecided` neither proves nor disproves anything; `person_id` is null
 * where there is no such account.
 */
export type Verdict<T> = { right: T } | { undecided: Refusal } | { wrong: Refusal; person_id: number | null }

/** Counts an attempt, looks when there were not too many, and gives what was right or why not. */
export type Gate = <T>(asked: Asked, look: () => Promise<Verdict<T>>) => Promise<T | Refusal>

/** Attempts waiting or under way in this process; beyond them 429. */
const mostAtOnce = 200

const iso = (ms: number) => new Date(ms).toISOString()
const toBucket = (row: store.AttemptsRow): Bucket => ({
  attempts: row.attempts,
  since: Date.parse(row.since),
  blocks: row.blocks,
  blockedUntil: row.blocked_until === null ? null : Date.parse(row.blocked_until),
})
const toRow = (bucket: Buffer, of: Bucket): store.AttemptsRow => ({
  bucket,
  attempts: of.attempts,
  since: iso(of.since),
  blocks: of.blocks,
  blocked_until: of.blockedUntil === null ? null : iso(of.blockedUntil),
})

type Taken = { network: store.AttemptsRow; account: store.AttemptsRow }
type Blocked = { waitMs: number; isNew: boolean; wholeNetwork: boolean }

/** Counts in both buckets under their locks; an attempt that one of them refuses is counted in neither. */
async function take(ctx: Context, buckets: ReturnType<typeof bucketsOf>): Promise<Taken | Blocked> {
  return transaction(ctx.db, async (connection) => {
    const both = [buckets.network, buckets.account]
    const held = await store.holdAttempts(connection, both, ctx.now().toISOString())
    // Read when the locks are held: who waited for them must not count in a window that is over.
    const now = ctx.now().getTime()
    const taken: store.AttemptsRow[] = []
    for (const [at, limit] of [limits.network, limits.account].entries()) {
      const row = held[at] as store.AttemptsRow
      const { bucket, waitMs } = takeAttempt(toBucket(row), limit, now)
      const after = toRow(row.bucket, bucket)
      if (waitMs > 0) {
        const isNew = after.blocked_until !== row.blocked_until
        if (isNew) await store.writeAttempts(connection, after)
        return { waitMs, isNew, wholeNetwork: at === 0 }
      }
      taken.push(after)
    }
    for (const row of taken) await store.writeAttempts(connection, row)
    const [network, account] = taken as [store.AttemptsRow, store.AttemptsRow]
    return { network, account }
  })
}

async function note(
  ctx: Context,
  type: 'sign_in_failed' | 'sign_in_blocked',
  request_id: string,
  data: Record<string, unknown>,
): Promise<void> {
  const actor = { kind: 'system', id: null, name: 'system', request_id } as const
  await transaction(ctx.db, (connection) =>
    record(connection, [{ at: ctx.now().toISOString(), type, actor, data }]),
  )
}

/** Never the name that was typed; only which account it is, where there is one. */
const whose = (person_id: number | null | undefined) => (person_id ? { person_id } : {})

async function refuseBlocked(ctx: Context, asked: Asked, blocked: Blocked): Promise<Refusal> {
  const seconds = Math.ceil(blocked.waitMs / 1_000)
  if (blocked.isNew) {
    const account = await findByUsername(ctx.db, asked.username)
    const data = { ...whose(account?.id), whole_network: blocked.wholeNetwork, seconds }
    await note(ctx, 'sign_in_blocked', asked.request_id, data)
  }
  const detail = 'Too many failed attempts. Wait as long as Retry-After says.'
  return refuse('rate_limited', { retryAfterSeconds: seconds, detail })
}

async function attempt<T>(ctx: Context, asked: Asked, look: () => Promise<Verdict<T>>): Promise<T | Refusal> {
  const taken = await take(ctx, bucketsOf(ctx, asked))
  if ('waitMs' in taken) return refuseBlocked(ctx, asked, taken)
  const { network, account } = taken
  const verdict = await look()
  if ('wrong' in verdict) {
    await note(ctx, 'sign_in_failed', asked.request_id, whose(verdict.person_id))
    return verdict.wrong
  }
  await store.giveBack(ctx.db, network)
  if ('undecided' in verdict) {
    await store.giveBack(ctx.db, account)
    return verdict.undecided
  }
  // Who signed in from there failed by mistake before (NIST SP 800-63B, 5.2.2).
  await store.forgetAttempts(ctx.db, account.bucket)
  return verdict.right
}

/**
 * Attempts on one account from one network are looked at one after the other in a process, so that a program
 * whose workers all sign in at once with the right password is not taken for a guesser.
 */
export function createGate(ctx: Context): Gate {
  const inTurn = createTurns(mostAtOnce)
  return async (asked, look) => {
    const key = bucketsOf(ctx, asked).account.toString('hex')
    const done = await inTurn(key, async () => ({ answer: await attempt(ctx, asked, look) }))
    return done ? done.answer : refuse('rate_limited', { retryAfterSeconds: 1 })
  }
}
