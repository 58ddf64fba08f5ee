import type { Call, EmergencyType } from '@toneout/contract/model/call.ts'
import { type Incident, priorityOf, raisedByThemselves } from '@toneout/contract/model/incident.ts'
import { isPosition } from '../lib/geo.ts'
import { open } from './rules.ts'

/** Of an incident that nobody has been sent to yet. */
export const fresh = { ...open, reopened_at: null, awaiting_close_since: null } as const

/** Why a call waits for a person: `needs_person` by its type, `auto_off` by the setting auto_incident. */
export const waitReasons = ['linked', 'cancelled', 'no_type', 'needs_person', 'no_place', 'auto_off'] as const
export type WaitReason = (typeof waitReasons)[number]
export type FirstFields = Omit<Incident, 'id' | 'incident_number'>
export type Raising = { incident: FirstFields; needs_pin: boolean } | { waits: WaitReason }

/**
 * Of an incident that is raised from a call. Unknown urgency is 2: as 1, every call not yet asked about would
 * bury the known threats to life; as 3 or 4, an arrest not yet recognised would wait. Half a place is none.
 */
export function firstFields(call: Call, emergency_type: EmergencyType): FirstFields {
  const { priority_level, location, created_at: received_at } = call
  const priority = priority_level === null ? 2 : priorityOf[priority_level]
  const { latitude, longitude } = isPosition(call) ? call : { latitude: null, longitude: null }
  return { ...fresh, priority, emergency_type, location, latitude, longitude, notes: '', received_at }
}

/** A COMPLETED call raises too: who has told enough may hang up. Words without coordinates ask for a pin. */
export function decideRaise(call: Call, auto = true): Raising {
  const { emergency_type } = call
  if (call.incident_id !== null) return { waits: 'linked' }
  if (call.status === 'CANCELLED') return { waits: 'cancelled' }
  if (emergency_type === null) return { waits: 'no_type' }
  if (!raisedByThemselves.includes(emergency_type)) return { waits: 'needs_person' }
  if (call.location.trim() === '' && !isPosition(call)) return { waits: 'no_place' }
  if (!auto) return { waits: 'auto_off' }
  return { incident: firstFields(call, emergency_type), needs_pin: !isPosition(call) }
}

/** What of a call its incident takes over; by these names calls know them. */
export const followedFields = [
  'emergency_type',
  'priority_level',
  'location',
  'latitude',
  'longitude',
] as const satisfies readonly (keyof Call)[]

/**
 * What an incident takes over of what its call knows by now, but for what people have set. A call makes it
 * graver at any time, less grave only where it `mayEase`: while nobody was ever sent and nothing is merged
 * into it, because a caller who feels better may be wrong.
 */
export function decideFollow(
  call: Pick<Call, (typeof followedFields)[number]>,
  incident: Pick<Incident, 'priority'>,
  setByPeople: readonly string[],
  mayEase: boolean,
): Partial<Pick<Incident, 'emergency_type' | 'priority' | 'location' | 'latitude' | 'longitude'>> {
  const { emergency_type, priority_level, location } = call
  const known: ReturnType<typeof decideFollow> = {}
  if (emergency_type !== null) known.emergency_type = emergency_type
  if (priority_level !== null) {
    const priority = priorityOf[priority_level]
    if (priority < incident.priority || mayEase) known.priority = priority
  }
  if (location.trim() !== '') known.location = location
  if (isPosition(call)) Object.assign(known, { latitude: call.latitude, longitude: call.longitude })
  const mine = Object.entries(known).filter(([name]) => !setByPeople.includes(name))
  return Object.fromEntries(mine)
}

/** What incidents are numbered by until a centre sets a template of its own. */
export const numberTemplate = 'I-{yy}-{000000}'
/**
 * `{yyyy}` and `{yy}` are the year, `{000}` the count with at least so many digits, never cut:
 * 'I-{yy}-{000000}', 2026, 4217 -> 'I-26-004217'. Without zeros two incidents would share a number, so the
 * count is put at the end. A count that starts anew each year needs the year in its template.
 */
export function formatIncidentNumber(template: string, year: number, count: number): string {
  const whole = /\{0+\}/.test(template) ? template : `${template}{0}`
  return whole.replace(/\{(yyyy|yy|0+)\}/g, (_, part: string) => {
    if (part === 'yyyy') return String(year)
    return part === 'yy' ? String(year % 100).padStart(2, '0') : String(count).padStart(part.length, '0')
  })
}
