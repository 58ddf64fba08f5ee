import type { Key } from '@toneout/contract/model/key.ts'
import type { KeyRole } from '@toneout/contract/roles.ts'

export const keyRoleWords: Record<KeyRole, { name: string; may: string }> = {
  ai_dispatcher: {
    name: 'AI dispatcher',
    may: 'Opens calls and writes what is said; sees callers’ numbers.',
  },
  reader: { name: 'Reader', may: 'Reads calls, incidents and units; changes nothing.' },
  unit_gateway: { name: 'Unit gateway', may: 'Reports positions and statuses of units.' },
}

/** A key that ends within this many days wants somebody to make another one. */
const soonDays = 14
const dayMs = 86_400_000

export type KeyState = 'in_use' | 'soon' | 'expired' | 'revoked'

export function stateOf(key: Pick<Key, 'revoked_at' | 'expires_at'>, now: number): KeyState {
  if (key.revoked_at !== null) return 'revoked'
  if (key.expires_at === null) return 'in_use'
  const left = Date.parse(key.expires_at) - now
  if (left <= 0) return 'expired'
  return left <= soonDays * dayMs ? 'soon' : 'in_use'
}

export const stateWords: Record<KeyState, string> = {
  in_use: 'In use',
  soon: 'Ends soon',
  expired: 'Expired',
  revoked: 'Revoked',
}

type Limits = Pick<Key, 'rate_limit_per_second' | 'rate_limit_per_minute'>

/** Its own limits of requests, or that it has none of its own. */
export function limitWords({ rate_limit_per_second: second, rate_limit_per_minute: minute }: Limits): string {
  const own = [second === null ? '' : `${second}/s`, minute === null ? '' : `${minute}/min`].filter(Boolean)
  return own.length === 0 ? 'As its role' : own.join(', ')
}

/** The last moment of a local day such as 2026-11-30, as an instant; null for '', which is never. */
export function endOfDay(day: string): string | null {
  const [year, month, date] = day.split('-').map(Number)
  if (!year || !month || !date) return null
  return new Date(year, month - 1, date, 23, 59, 59, 999).toISOString()
}

const two = (value: number) => String(value).padStart(2, '0')

/** The local day of an instant as a date field has it; '' for never. */
export function dayField(at: string | null): string {
  if (at === null) return ''
  const date = new Date(at)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The local day so many days after today. */
export const dayAfter = (days: number, now: number) => dayField(new Date(now + days * dayMs).toISOString())

/** A number field as the contract has it; '' is none of its own. */
export const limitField = (text: string) => (text.trim() === '' ? null : Number(text))
