import { type Assignment, isLive } from '@toneout/contract/model/assignment.ts'
import type { Call } from '@toneout/contract/model/call.ts'
import type { Fact } from '@toneout/contract/model/fact.ts'
import { type Disposition, families, type Incident, priorityOf } from '@toneout/contract/model/incident.ts'
import { findPlace } from './city/find-place.ts'
import { inCity, type Point } from './city/projection.ts'
import type { Patients } from './crew-times.ts'
import { metresBetween } from './travel.ts'

/** All the dispatcher of the demo looks at before acting on one incident. */
export type View = {
  incident: Incident & { assignments: readonly Assignment[] }
  /** Its timeline. */
  facts: readonly Pick<Fact, 'at' | 'type' | 'actor'>[]
  /** The calls about it that are known. */
  calls: readonly Call[]
  /** Other open incidents. */
  others: readonly Incident[]
  /** Id of the demo's own account. */
  me: number
  /** Milliseconds since 1970, as the server's times are. */
  now: number
  /** Simulated milliseconds since the desk first saw the incident, and since it first saw each other one. */
  waited: number
  waitedOf: (id: number) => number
}
export type Correction = Partial<Pick<Incident, 'emergency_type' | 'priority' | 'latitude' | 'longitude'>>
export type Decision =
  | { do: 'leave' | 'close' | 'cancel' }
  | { do: 'merge'; into_id: number }
  | { do: 'send'; correction: Correction }

/** Real milliseconds that a person who has begun with an incident is left alone: people do not speed up. */
const patienceMs = 180_000
/** Simulated minutes: who has waited so long for a unit has found another way. */
const longestWait = 60
/** The same emergency told twice: within so many metres and simulated minutes. */
const twins = { metres: 100, minutes: 20 }
/** Simulated seconds a dispatcher takes to look at a new incident. */
export const humanDelay = [10, 60] as const

const leave = { do: 'leave' } as const

/** What the demo's dispatcher does about an open incident. What a person has begun is the person's. */
export function decide(view: View): Decision {
  const { incident, facts, me, now, waited } = view
  const byPeople = facts.filter(({ actor }) => actor.kind === 'person' && actor.id !== me)
  if (byPeople.some(({ at }) => now - Date.parse(at) < patienceMs)) return leave
  const place = placeOf(view)
  if (!place || !inCity(place)) return leave
  if (incident.awaiting_close_since !== null) return { do: 'close' }
  const live = incident.assignments.filter(({ status }) => isLive(status))
  if (live.some((one) => one.dispatcher_id !== me || one.on_scene_at !== null)) return leave
  if (live.length === 0) {
    const into = facts.some(({ type }) => type === 'calls_split') ? undefined : findTwin(view, place)
    if (into) return { do: 'merge', into_id: into.id }
    const isStale = now - Date.parse(incident.received_at) > patienceMs && waited > longestWait * 60_000
    if (isStale && byPeople.length === 0) return { do: 'cancel' }
  }
  const corrected = byPeople.some(({ type }) => type === 'incident_updated')
  return { do: 'send', correction: corrected ? {} : correct(view, place) }
}

/** Whether an incident may be one of the invented city: whose place is known lies there. */
export function mayBeOurs({ latitude, longitude }: Incident): boolean {
  return latitude === null || longitude === null || inCity({ latitude, longitude })
}

/** Where it is: by the incident, by its calls, or by what the words name. */
function placeOf({ incident, calls }: View): Point | undefined {
  for (const { latitude, longitude } of [incident, ...calls]) {
    if (latitude !== null && longitude !== null) return { latitude, longitude }
  }
  return findPlace(incident.location)
}

/** An open incident raised before that is the same emergency. */
function findTwin({ incident, others, waited, waitedOf }: View, place: Point): Incident | undefined {
  const family = families[incident.emergency_type]
  return others.find((other) => {
    const { latitude, longitude } = other
    if (other.id >= incident.id || families[other.emergency_type] !== family) return false
    if (latitude === null || longitude === null || other.awaiting_close_since !== null) return false
    const apart = Math.abs(waitedOf(other.id) - waited) / 60_000
    return apart <= twins.minutes && metresBetween({ latitude, longitude }, place) <= twins.metres
  })
}

/** What the calls have told since the incident was raised: another type, a priority, the place. */
function correct({ incident, calls }: View, place: Point): Correction {
  const told = [...calls].sort((a, b) => a.id - b.id)
  const emergency_type = told[0]?.emergency_type ?? incident.emergency_type
  const levels = told.flatMap(({ priority_level }) => (priority_level ? [priorityOf[priority_level]] : []))
  const priority = levels.length > 0 ? Math.min(...levels) : incident.priority
  return {
    ...(emergency_type !== incident.emergency_type ? { emergency_type } : {}),
    ...(priority !== incident.priority ? { priority } : {}),
    ...(incident.latitude === null ? place : {}),
  }
}

/** How an incident ended that waits for its disposition. */
export function dispositionOf(assignments: readonly Assignment[], patients: Patients): Disposition {
  if (assignments.some((one) => one.transporting_at !== null)) return 'TREATED_AND_TRANSPORTED'
  return assignments.some((one) => one.on_scene_at !== null) ? patients.otherwise : 'CANCELLED_BEFORE_ARRIVAL'
}
