import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import { defaultTargets, type TargetName, type Targets } from '@toneout/contract/model/targets.ts'

/** The interval whose target a status has: what an incident waits for while it is in it. */
const intervals = {
  RECEIVED: 'processing',
  DISPATCHED: 'turnout',
  EN_ROUTE: 'travel',
  ON_SCENE: 'scene',
  AT_HOSPITAL: 'wall_time',
} as const satisfies Partial<Record<Incident['status'], TargetName>>

/** Those of the centre, once it has told them. Timers read them with every tick. */
let targets = defaultTargets
export function setTargets(told: Targets) {
  targets = told
}

/** Seconds an incident may be in its status; undefined where there is no target. */
export function targetOf({ status, priority }: Pick<Incident, 'status' | 'priority'>): number | undefined {
  if (!Object.hasOwn(intervals, status)) return undefined
  const byPriority = targets[intervals[status as keyof typeof intervals]]
  return byPriority[priority as keyof typeof byPriority] ?? undefined
}

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
