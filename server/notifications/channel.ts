import type { Language } from '@toneout/contract/model/contact.ts'
import type { PersonChannel } from '@toneout/contract/model/message.ts'
import type { Outcome } from './rules-retry.ts'
import type { Words } from './rules-words.ts'

/** What is sent in one try. `key` is the same in each try of a message, so that a provider can tell. */
export type Parcel = {
  key: string
  /** Counted from 1. */
  attempt: number
  words: Words
  language: Language
  timeoutMs: number
}

/** A way out. It never throws for what a provider answers, and never tells what it said of people. */
export type Outlet = (parcel: Parcel, address: string) => Promise<Outcome>

/** A way to the phones of a person, by the person's row. */
export type PhoneOutlet = (parcel: Parcel, personId: number) => Promise<Outcome>

/** Ways to people that need an address, as far as they are set up. */
export type Outlets = {
  SMS?: Outlet
  VOICE?: Outlet
  PUSH?: PhoneOutlet
  EMAIL?: Outlet
}

export const readyChannels = (outlets: Outlets): PersonChannel[] =>
  (['SMS', 'VOICE', 'PUSH', 'EMAIL'] as const).filter((name) => outlets[name] !== undefined)

/** Codes of Node for a peer that is not there, or an answer that does not come. */
export function faultOf(error: unknown): string {
  const { code, name, cause } = error as { code?: unknown; name?: string; cause?: { code?: unknown } }
  if (name === 'TimeoutError' || name === 'AbortError') return 'no answer in time'
  const known = typeof cause?.code === 'string' ? cause.code : code
  return typeof known === 'string' && /^[A-Z][A-Z0-9_]{2,40}$/.test(known) ? known : 'no connection'
}
