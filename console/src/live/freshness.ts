import { clockTime, duration } from '../ui/format.ts'

/** Heartbeats come every 5 s (contract, streamFacts): two missed ones mean late, six mean not live. */
export const behindAfterMs = 10_000
export const staleAfterMs = 30_000

export type Level = 'live' | 'behind' | 'stale'

/**
 * `heardAt` is when the feed last said anything, in ms of this computer's clock; null before the first word.
 */
export type Hearing = { readonly heardAt: number | null; readonly startedAt: number }

export function lastHeard(hearing: Hearing): number {
  return hearing.heardAt ?? hearing.startedAt
}

/** A clock that was set back would hide an age, so an age is never below zero. */
export function ageMs(hearing: Hearing, now: number): number {
  return Math.max(0, now - lastHeard(hearing))
}

export function levelAt(hearing: Hearing, now: number): Level {
  const age = ageMs(hearing, now)
  if (age >= staleAfterMs) return 'stale'
  return age >= behindAfterMs ? 'behind' : 'live'
}

/** The words in the top bar. `delayMs` is how long the last event took from the server to this screen. */
export function liveLabel(hearing: Hearing, connected: boolean, delayMs: number | null, now: number): string {
  if (levelAt(hearing, now) !== 'live') return `${age(ageMs(hearing, now))} behind`
  if (!connected) return hearing.heardAt === null ? 'Connecting' : 'Reconnecting'
  return delayMs === null ? 'Live' : `Live ${Math.round(delayMs)} ms`
}

const age = (ms: number) => (ms < 60_000 ? `${Math.floor(ms / 1000)} s` : duration(ms / 1000))

/** The bar over the page when nothing has been heard for 30 s. */
export function staleSentence(hearing: Hearing, online: boolean): string {
  const why = online ? 'Connecting again.' : 'This computer has no network.'
  return `Not live since ${clockTime(lastHeard(hearing))}. Calls, incidents and units may have changed since. ${why}`
}

export type Recovery = {
  readonly kind: 'resumed' | 'reloaded'
  /** When the feed was heard again and when it had last been heard before. */
  readonly at: number
  readonly since: number
  /** How many calls and incidents turned out to have changed meanwhile. */
  readonly changed: number
  readonly incidents: number
}

const counted = (count: number, one: string) => `${count} ${count === 1 ? one : `${one}s`}`

export function recoverySentence({ kind, at, since, changed, incidents }: Recovery): string {
  const rows = [changed > 0 && counted(changed, 'call'), incidents > 0 && counted(incidents, 'incident')]
  const found = rows.filter(Boolean).join(' and ')
  const what = found === '' ? 'no call and no incident changed' : `${found} changed, marked`
  const how =
    kind === 'resumed'
      ? `Everything since ${clockTime(since)} has arrived`
      : 'The gap was too long to replay, so everything was loaded again'
  return `Live again at ${clockTime(at)}. ${how}: ${what}.`
}
