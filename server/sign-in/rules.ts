import type { PersonRole } from '@toneout/contract/roles.ts'

/** Sign-ins that did not succeed, counted together. Times are milliseconds since 1970. */
export type Bucket = { attempts: number; since: number; blocks: number; blockedUntil: number | null }

export type Limits = { attempts: number; windowMs: number; blockMs: number; longestBlockMs: number }

const minuteMs = 60_000

/**
 * One account from one network: nobody is locked out of a dispatch room from elsewhere. One network: many
 * accounts tried with one password.
 */
export const limits = {
  account: { attempts: 5, windowMs: 15 * minuteMs, blockMs: 10 * minuteMs, longestBlockMs: 60 * minuteMs },
  network: { attempts: 100, windowMs: minuteMs, blockMs: minuteMs, longestBlockMs: 10 * minuteMs },
} as const satisfies Record<string, Limits>

const fresh = (now: number, blocks: number): Bucket => ({
  attempts: 0,
  since: now,
  blocks,
  blockedUntil: null,
})

/** Blocks are forgotten a day after the last one. */
const forgetMs = 24 * 60 * minuteMs

/**
 * Counts an attempt before its password is looked at, so that guesses made at the same instant are counted
 * too. `waitMs` above 0 refuses it. Each block is twice as long as the one before.
 */
export function takeAttempt(
  known: Bucket | undefined,
  of: Limits,
  now: number,
): { bucket: Bucket; waitMs: number } {
  const wait = (known?.blockedUntil ?? 0) - now
  if (known && wait > 0) return { bucket: known, waitMs: wait }
  const isOver = !known || known.blockedUntil !== null || now - known.since >= of.windowMs
  const blocks = known && now - known.since < forgetMs ? known.blocks : 0
  const before = isOver ? fresh(now, blocks) : known
  const attempts = before.attempts + 1
  if (attempts <= of.attempts) return { bucket: { ...before, attempts }, waitMs: 0 }
  const waitMs = Math.min(of.longestBlockMs, of.blockMs * 2 ** before.blocks)
  return { bucket: { ...before, attempts, blocks: before.blocks + 1, blockedUntil: now + waitMs }, waitMs }
}

/** Roles that need a second factor where the setting asks for it: they see or change the most. */
export const needsSecondFactor = (role: PersonRole) => role === 'supervisor' || role === 'admin'

/**
 * Days after the account was made within which it works without a second factor, so that a new centre's only
 * admin is not kept out of its own installation.
 */
export const graceDays = 7

type Enrolment = { role: PersonRole; enrolled: boolean; from: string }

/** What is asked of a person beside the password; `due_at` is null when nothing is owed. */
export function secondFactorOf({ role, enrolled, from }: Enrolment, setting: boolean) {
  const required = setting && needsSecondFactor(role)
  const due = Date.parse(from) + graceDays * 24 * 60 * minuteMs
  return { enrolled, required, due_at: required && !enrolled ? new Date(due).toISOString() : null }
}

/** Whether a person must set up a second factor before anything else. */
export function mustEnrol(person: Enrolment, setting: boolean, now: number): boolean {
  const { due_at } = secondFactorOf(person, setting)
  return due_at !== null && now >= Date.parse(due_at)
}
