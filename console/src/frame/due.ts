import type { Me } from '@toneout/contract/model/person.ts'
import { plural } from '../ui/format.ts'

const dayMs = 24 * 60 * 60 * 1000

/** How long somebody has to set up an authenticator app, as one says it; null when nobody asks them to. */
export function daysLeft({ enrolled, due_at }: Me['second_factor'], now: number): string | null {
  if (enrolled || due_at === null) return null
  const left = Date.parse(due_at) - now
  if (left <= 0) return 'now'
  return left < dayMs ? 'within a day' : `within ${plural(Math.floor(left / dayMs), 'day')}`
}
