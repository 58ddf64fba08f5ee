import type { Me } from '@toneout/contract/model/person.ts'
import { plural } from '../ui/format.ts'

const dayMs = 24 * 60 * 60 * 1000

type Factor = Me['second_factor']

/** Whether nothing else works until an authenticator app is set up. */
export function isHeld({ enrolled, due_at }: Factor, now: number): boolean {
  return !enrolled && due_at !== null && Date.parse(due_at) <= now
}

/** How long somebody has to set one up, as one says it; null when nobody asks them to. */
export function daysLeft(factor: Factor, now: number): string | null {
  if (factor.enrolled || factor.due_at === null) return null
  if (isHeld(factor, now)) return 'now'
  const left = Date.parse(factor.due_at) - now
  return left < dayMs ? 'within a day' : `within ${plural(Math.floor(left / dayMs), 'day')}`
}
