import {
  type Assignment,
  type AssignmentStatus,
  type StepName,
  steps,
} from '@toneout/contract/model/assignment.ts'

/** Something the crew pressed, kept until the server has answered it. */
export type Press = {
  /** The device's number of it; a replay under the same one changes nothing twice. */
  id: string
  /** Whose press it is: somebody else who signs in here does not send it. */
  person_id: number
  method: 'POST'
  path: string
  body: Record<string, unknown>
  /** When it was pressed: by this phone's clock, and by the server's as far as the two are compared. */
  pressed_at: string
  at: string
  /** What it says, as the crew reads it. */
  words: string
  /** The step of an assignment that it is, if it is one. */
  step: { assignment_id: number; name: StepName } | null
  /** Why the server did not take it; null while it waits. */
  refused: string | null
}

/** Presses that may wait; a duress press is taken beyond it. */
export const mostPresses = 50

/** Where the assignment is once all that waits has been sent. */
export function statusWith(
  one: Pick<Assignment, 'id' | 'status'>,
  presses: readonly Press[],
): AssignmentStatus {
  const waiting = presses.filter(({ refused, step }) => refused === null && step?.assignment_id === one.id)
  const last = waiting.at(-1)?.step
  return last ? steps[last.name] : one.status
}

/** Whether the same is pressed and waits already: a second tap adds nothing. */
export function isWaiting(presses: readonly Press[], path: string): boolean {
  return presses.some((one) => one.refused === null && one.path === path)
}

/**
 * The moment of a press by the server's clock: this phone's, less what it is ahead. No step is before the one
 * that led to it, however the comparison of the clocks wavers.
 */
export function pressTime(now: number, aheadMs: number, latest: string | null): string {
  const at = new Date(now - aheadMs).toISOString()
  return latest !== null && latest > at ? latest : at
}

const stamps = [
  'assigned_at',
  'acknowledged_at',
  'en_route_at',
  'on_scene_at',
  'at_patient_at',
  'transporting_at',
  'at_hospital_at',
  'handover_done_at',
] as const

/** The latest moment known of an assignment and of what waits. */
export function latestMoment(one: Assignment | null, presses: readonly Press[]): string | null {
  const known = one ? stamps.map((name) => one[name]) : []
  const pressed = presses.filter(({ refused }) => refused === null).map(({ at }) => at)
  return [...known, ...pressed].reduce<string | null>(
    (last, at) => (at !== null && (last === null || at > last) ? at : last),
    null,
  )
}

export type NextStep = { name: StepName; words: string; needsHospital: boolean }

/** The one step that usually follows; null where there is none. */
export function nextStep(status: AssignmentStatus, hospital: string | null): NextStep | null {
  const step = (name: StepName, words: string, needsHospital = false) => ({ name, words, needsHospital })
  switch (status) {
    case 'ASSIGNED':
      return step('acknowledge', 'Accept')
    case 'ACKNOWLEDGED':
      return step('en-route', 'En route')
    case 'EN_ROUTE':
      return step('on-scene', 'Arrived on scene')
    case 'ON_SCENE':
      return step('at-patient', 'At patient')
    case 'AT_PATIENT':
      return step('transport', hospital ? `Leave for ${hospital}` : 'Choose hospital', true)
    case 'TRANSPORTING':
      return step('at-hospital', hospital ? `Arrived at ${hospital}` : 'Arrived at hospital')
    case 'AT_HOSPITAL':
      return step('handover', 'Patient handed over')
    case 'HANDOVER_DONE':
      return step('clear', 'Clear, available')
    default:
      return null
  }
}

const stepOrder: readonly (readonly [StepName, string])[] = [
  ['en-route', 'En route'],
  ['on-scene', 'Arrived on scene'],
  ['at-patient', 'At patient'],
  ['transport', 'Leave for hospital'],
  ['at-hospital', 'Arrived at hospital'],
  ['handover', 'Patient handed over'],
  ['clear', 'Clear, available'],
]
const ranks: readonly AssignmentStatus[] = Object.values(steps).slice(0, 8)

/** Steps beyond the next one, for a crew that skips some; a hospital is reached by a transport only. */
export function laterSteps(status: AssignmentStatus): { name: StepName; words: string }[] {
  const next = nextStep(status, null)?.name
  const isAboard = ranks.indexOf(status) >= ranks.indexOf('TRANSPORTING')
  return stepOrder
    .filter(([name]) => ranks.indexOf(steps[name]) > ranks.indexOf(status) && name !== next)
    .filter(([name]) => isAboard || (name !== 'at-hospital' && name !== 'handover'))
    .map(([name, words]) => ({ name, words }))
}

/** The five parts of the bar; how far the crew has got, from 0 for nothing accepted to 5. */
export const barWords = ['Accepted', 'En route', 'On scene', 'Transport', 'Hospital'] as const

export function barAt(status: AssignmentStatus): number {
  const parts: Partial<Record<AssignmentStatus, number>> = {
    ACKNOWLEDGED: 1,
    EN_ROUTE: 2,
    ON_SCENE: 3,
    AT_PATIENT: 3,
    TRANSPORTING: 4,
    AT_HOSPITAL: 5,
    HANDOVER_DONE: 5,
  }
  return parts[status] ?? 0
}
