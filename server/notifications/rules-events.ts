import { type Fact, factOfStatus } from '@toneout/contract/model/fact.ts'
import type { WebhookEvent } from '@toneout/contract/model/message.ts'

const { ASSIGNED: dispatched, ...stepsAfter } = factOfStatus
const steps: ReadonlySet<string> = new Set([
  ...Object.values(stepsAfter),
  'unit_duty_changed',
  'incident_closed',
  'incident_cancelled',
  'incident_reopened',
])
const alarms: ReadonlySet<string> = new Set(['duress_raised', 'alarm_raised'])
const places = ['location', 'latitude', 'longitude']
const capacities = ['available_beds', 'total_beds', 'emergency_capacity', 'diversion']

const touches = (data: Fact['data'], names: readonly string[]) =>
  names.some((name) => Object.hasOwn((data.changes ?? {}) as object, name))

/** The event that webhooks are told because of a fact, one for each; undefined for none. */
export function eventOf({ type, data }: Pick<Fact, 'type' | 'data'>): WebhookEvent | undefined {
  if (type === 'incident_raised') return 'NEW_EMERGENCY'
  if (type === dispatched) return 'UNIT_DISPATCHED'
  if (alarms.has(type)) return 'AMBULANCE_ALARM'
  if (steps.has(type)) return 'STATUS_UPDATE'
  if (type === 'unit_moved') return 'LOCATION_UPDATE'
  if (type === 'incident_updated') return touches(data, places) ? 'LOCATION_UPDATE' : 'STATUS_UPDATE'
  if (type === 'hospital_changed' && touches(data, capacities)) return 'CAPACITY_UPDATE'
  return undefined
}
