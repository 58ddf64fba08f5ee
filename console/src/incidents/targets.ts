import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'

/**
 * Seconds an incident may be in a status, by priority 1 to 4. Sending and turning out within 60 s are NFPA
 * 1225 and 1710; the others are our own choices.
 */
const targets: Partial<Record<Incident['status'], readonly [number, number, number, number]>> = {
  RECEIVED: [60, 60, 180, 600],
  DISPATCHED: [60, 60, 90, 120],
  EN_ROUTE: [480, 600, 900, 1_800],
  ON_SCENE: [1_200, 1_200, 1_800, 1_800],
  AT_HOSPITAL: [1_200, 1_200, 1_800, 1_800],
}

export const targetOf = ({ status, priority }: Pick<Incident, 'status' | 'priority'>) =>
  targets[status]?.[priority - 1]

/** A timer is worth a look from two thirds of its target. */
const soonAt = 2 / 3

export type Tone = 'calm' | 'soon' | 'over'

export function toneOf(seconds: number, target: number | undefined): Tone {
  if (target === undefined || seconds < target * soonAt) return 'calm'
  return seconds < target ? 'soon' : 'over'
}

/** The milestone that brought an incident into a status. */
const reachedBy = {
  DISPATCHED: ['assigned_at'],
  EN_ROUTE: ['en_route_at'],
  ON_SCENE: ['on_scene_at', 'at_patient_at'],
  TRANSPORTING: ['transporting_at'],
  AT_HOSPITAL: ['at_hospital_at'],
} as const satisfies Partial<Record<Incident['status'], readonly (keyof Assignment)[]>>

/** Since when an incident is in its status, as far as its live assignments tell. */
export function inStatusSince(incident: Incident, live: readonly Assignment[]): string {
  const { status, awaiting_close_since, reopened_at, received_at } = incident
  if (awaiting_close_since !== null) return awaiting_close_since
  const begun = reopened_at ?? received_at
  if (!Object.hasOwn(reachedBy, status)) return begun
  const names: readonly (keyof Assignment)[] = reachedBy[status as keyof typeof reachedBy]
  const moments = live.flatMap((one) => names.flatMap((name) => (one[name] as string | null) ?? []))
  return moments.sort()[0] ?? begun
}
