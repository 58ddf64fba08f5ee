import { type PersonRole, personRoles, type Role } from '@toneout/contract/roles.ts'

/** A token bucket: requests a second in the long run, and how many may come at once. */
export type Limit = { perSecond: number; burst: number }

/** Whom a refusal concerned, as /metrics counts them. */
export const limitedKinds = ['ai_dispatcher', 'key', 'person', 'stranger', 'sign_in', 'look_up'] as const
export type LimitedKind = (typeof limitedKinds)[number]

const secondsOfBurst = 2
const perSecond = (count: number): Limit => ({ perSecond: count, burst: count * secondsOfBurst })
const perMinute = (count: number): Limit => ({ perSecond: count / 60, burst: count })

/** One account may stand behind many desks of an older client, which all press at the same instant. */
const person: Limit = { perSecond: 200, burst: 1_000 }

/** What a caller may do whose key has no limit of its own. */
export const roleLimits: Readonly<Record<Role, Limit>> = {
  ...(Object.fromEntries(personRoles.map((role) => [role, person])) as Record<PersonRole, Limit>),
  // Ten seconds' worth: a storm fills all its lines at once, and no call waits for that.
  ai_dispatcher: { perSecond: 600, burst: 6_000 },
  reader: perSecond(100),
  unit_gateway: perSecond(100),
}

/** Requests without a good credential, by network; a whole centre may sit behind one address. */
export const strangerLimit: Limit = { perSecond: 20, burst: 100 }
/** Attempts to sign in, or to get or renew a token: from one network, and for one name from there. */
export const signInLimits = { network: perMinute(300), name: perMinute(10) } as const

/** Look-ups by what is hidden otherwise: by a person, and by a program that answers many callers. */
export const lookUpLimits = { person: perMinute(30), program: perMinute(600) } as const

/** Limits that a key was given, all of which count; none when it has those of its role. */
export function ownLimits(key: {
  rate_limit_per_second: number | null
  rate_limit_per_minute: number | null
}): Limit[] {
  const { rate_limit_per_second: second, rate_limit_per_minute: minute } = key
  return [...(second === null ? [] : [perSecond(second)]), ...(minute === null ? [] : [perMinute(minute)])]
}

export const times = (limit: Limit, factor: number): Limit => ({
  perSecond: limit.perSecond * factor,
  burst: limit.burst * factor,
})

/** Tokens are as of `at`, in milliseconds of the process's clock. */
export type Bucket = { limit: Limit; tokens: number; at: number; unshared: number }

export function refill(bucket: Bucket, now: number): void {
  const { perSecond, burst } = bucket.limit
  bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) * perSecond) / 1_000)
  bucket.at = now
}

/** Seconds until a refilled bucket holds a token; 0 when it does. */
export function secondsToToken({ limit, tokens }: Bucket): number {
  return tokens >= 1 ? 0 : (1 - tokens) / limit.perSecond
}
