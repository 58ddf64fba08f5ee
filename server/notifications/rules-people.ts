import type { ContactDuty } from '@toneout/contract/model/contact.ts'
import type { Fact } from '@toneout/contract/model/fact.ts'
import type { Notice, NotificationRule, PersonChannel } from '@toneout/contract/model/message.ts'
import type { PersonRole } from '@toneout/contract/roles.ts'

/** Somebody who may be told, with what decides whether and how. */
export type Recipient = {
  id: number
  role: PersonRole
  /** Units whose crew the person is in, or which the person leads on an assignment. */
  unit_ids: readonly number[]
  hospital_id: number | null
  station_id: number | null
  shift: string
  /** False for a paramedic who is not to be sent. */
  available: boolean
  signed_in: boolean
  duty: ContactDuty
  /** Channels the person has an address for. */
  reaches: readonly PersonChannel[]
}

/** What a fact is about, as it is now. */
export type About = {
  priority?: number
  emergency_type?: string
  /** Units bound for the hospital the fact is about. */
  inbound: readonly number[]
}

/** Whose contacts are tested: all people. */
export const testedRoles = ['dispatcher', 'paramedic', 'hospital', 'supervisor', 'admin', 'analyst'] as const

/** What decides whether somebody is on duty. */
export type Duty = Pick<Recipient, 'role' | 'available' | 'signed_in' | 'duty'>

/** Whoever is off duty is never told, whatever a rule says. */
export function isOnDuty(one: Duty): boolean {
  if (one.duty === 'NEVER') return false
  if (one.role === 'paramedic') return one.available
  // A hospital's people are told at their desk, signed in or not: the patient comes anyway.
  return one.role === 'hospital' || one.duty === 'ALWAYS' || one.signed_in
}

/** What people are told of because of a fact; undefined for nothing. */
export function noticeOf({ type, data }: Pick<Fact, 'type' | 'data'>): Notice | undefined {
  if (type === 'unit_assigned') return 'DISPATCHED'
  if (type === 'unit_cancelled' || type === 'unit_diverted') {
    // Who declined knows it.
    return data.declined === true ? undefined : 'STOOD_DOWN'
  }
  if (type === 'message_sent') return 'CREW_MESSAGE'
  if (type === 'contact_test_started') return 'CONTACT_TEST'
  if (type === 'unit_transporting') return 'HOSPITAL_PREALERT'
  if (type !== 'hospital_changed') return undefined
  const changes = (data.changes ?? {}) as Record<string, unknown>
  return changes.diversion === undefined ? undefined : 'HOSPITAL_DIVERSION'
}

const ofCrew: ReadonlySet<Notice> = new Set(['DISPATCHED', 'DISPATCH_REPEATED', 'STOOD_DOWN', 'CREW_MESSAGE'])

/** Whether the person is one of those the notice is for, before any rule. */
function isMeant(
  notice: Notice,
  fact: Pick<Fact, 'unit_id' | 'data'>,
  about: About,
  one: Recipient,
): boolean {
  if (ofCrew.has(notice)) return fact.unit_id !== null && one.unit_ids.includes(fact.unit_id)
  if (notice === 'HOSPITAL_PREALERT') {
    return one.hospital_id !== null && one.hospital_id === fact.data.hospital_id
  }
  if (notice === 'HOSPITAL_DIVERSION') return one.unit_ids.some((id) => about.inbound.includes(id))
  return true
}

function fits(rule: NotificationRule, about: About, one: Recipient): boolean {
  const { roles, priorities, emergency_types, station_ids, shifts } = rule
  if (!roles.includes(one.role)) return false
  if (priorities && !priorities.includes(about.priority ?? 0)) return false
  if (emergency_types && !(emergency_types as string[]).includes(about.emergency_type ?? '')) return false
  if (station_ids && !station_ids.includes(one.station_id ?? 0)) return false
  return !shifts || shifts.includes(one.shift)
}

/**
 * Channels by which somebody is told: all that the rules that fit name, as far as they are set up and the
 * person has an address. Empty for whoever is off duty or not meant.
 */
export function channelsFor(
  notice: Notice,
  fact: Pick<Fact, 'unit_id' | 'data'>,
  about: About,
  one: Recipient,
  rules: readonly NotificationRule[],
): PersonChannel[] {
  if (!isOnDuty(one) || !isMeant(notice, fact, about, one)) return []
  // A test is of every way that somebody has, whether a rule names it or not.
  if (notice === 'CONTACT_TEST') return [...one.reaches]
  const fitting = rules.filter((rule) => rule.event === notice && fits(rule, about, one))
  const named = new Set(fitting.flatMap(({ channels }) => channels))
  return one.reaches.filter((channel) => named.has(channel))
}
