import { z } from 'zod'
import { effectiveMilestones, type Milestone, type Stamped } from './assignment.ts'
import { careLevels, type UnitType } from './unit.ts'

/** Spans of one unit's run, from a milestone to a later one (NEMSIS v3, eTimes). */
const spans = {
  turnout: ['assigned_at', 'en_route_at'],
  travel: ['en_route_at', 'on_scene_at'],
  response: ['assigned_at', 'on_scene_at'],
  scene: ['on_scene_at', 'transporting_at'],
  transport: ['transporting_at', 'at_hospital_at'],
  wall_time: ['at_hospital_at', 'cleared_at'],
  task: ['assigned_at', 'cleared_at'],
} as const satisfies Record<string, readonly [Milestone, Milestone]>
export type AssignmentInterval = keyof typeof spans
export const assignmentIntervalNames = Object.keys(spans) as [AssignmentInterval, ...AssignmentInterval[]]

export const incidentIntervalNames = [
  'answer',
  'processing',
  'total_response',
  'total_response_ambulance',
] as const
export type IncidentInterval = (typeof incidentIntervalNames)[number]

/** What an interval of an incident may begin with. An incident raised by hand has no call to begin with. */
export const clockStarts = ['call_received', 'call_answered', 'incident_received'] as const
export type ClockStart = (typeof clockStarts)[number]

/** Seconds, exact to the millisecond; null where an end is missing or the span is excluded. */
const seconds = z.number().min(0).nullable()
/** Spans whose end is before their start: a time of theirs is wrong, so they are no figures. */
const excluded = <T extends readonly [string, ...string[]]>(names: T) => z.array(z.enum(names))

export const assignmentIntervals = z
  .object({
    seconds: z.object({
      turnout: seconds,
      travel: seconds,
      response: seconds,
      /** To the departure, or where nobody was transported to the clearing. */
      scene: seconds,
      transport: seconds,
      wall_time: seconds,
      task: seconds,
    }),
    excluded: excluded(assignmentIntervalNames),
    /** The milestone from which each is counted. */
    clock_starts: z.record(z.enum(assignmentIntervalNames), z.string()),
  })
  .meta({ id: 'AssignmentIntervals' })
export type AssignmentIntervals = z.output<typeof assignmentIntervals>

export const incidentIntervals = z
  .object({
    seconds: z.object({
      answer: seconds,
      processing: seconds,
      /** To the first unit on scene, of any kind. */
      total_response: seconds,
      total_response_ambulance: seconds,
    }),
    excluded: excluded(incidentIntervalNames),
    clock_starts: z.record(z.enum(incidentIntervalNames), z.enum(clockStarts)),
  })
  .meta({ id: 'IncidentIntervals' })
export type IncidentIntervals = z.output<typeof incidentIntervals>

type Ends = readonly [from: string | null, to: string | null]

/** Whole milliseconds / 1000, the double that prints as just those; null while an end is missing. */
function secondsBetween([from, to]: Ends): number | null {
  return from === null || to === null ? null : (Date.parse(to) - Date.parse(from)) / 1_000
}

function measure<Name extends string>(names: readonly Name[], endsOf: (name: Name) => Ends) {
  const all = names.map((name) => ({ name, value: secondsBetween(endsOf(name)) }))
  const isWrong = (value: number | null) => value !== null && value < 0
  const shown = all.map(({ name, value }) => [name, isWrong(value) ? null : value] as const)
  return {
    seconds: Object.fromEntries(shown) as Record<Name, number | null>,
    excluded: all.filter(({ value }) => isWrong(value)).map(({ name }) => name),
  }
}

const starts = Object.fromEntries(assignmentIntervalNames.map((name) => [name, spans[name][0]]))

/** The spans of one assignment, from its milestones as they count. */
export function intervalsOfAssignment(one: Stamped): AssignmentIntervals {
  const at = effectiveMilestones(one)
  const transported = at.transporting_at ?? at.at_hospital_at ?? at.handover_done_at
  const endsOf = (name: AssignmentInterval): Ends => {
    if (name === 'scene' && transported === null) return [at.on_scene_at, at.cleared_at]
    return [at[spans[name][0]], at[spans[name][1]]]
  }
  const clock_starts = starts as AssignmentIntervals['clock_starts']
  return { ...measure(assignmentIntervalNames, endsOf), clock_starts }
}

/** What the spans of an incident are made of; `call` is the first by its ring, null when there is none. */
export type Course = {
  received_at: string
  call: { created_at: string; answered_at: string | null } | null
  sent: readonly (Stamped & { unit_type: UnitType })[]
}

const earliest = (times: readonly (string | null)[]): string | null =>
  times.reduce<string | null>(
    (first, at) => (first === null || (at !== null && at < first) ? at : first),
    null,
  )

/**
 * The spans of an incident. Its total response begins when it became known: with the ring of its first call,
 * or where a person raised it before that, or without a call, when it was raised.
 */
export function intervalsOfIncident({ received_at, call, sent }: Course): IncidentIntervals {
  const ring = call?.created_at ?? null
  const byCall = ring !== null && ring <= received_at
  const known = byCall ? ring : received_at
  const began = byCall ? 'call_received' : 'incident_received'
  const units = sent.map((one) => ({ ...effectiveMilestones(one), unit_type: one.unit_type }))
  const ambulances = units.filter(({ unit_type }) => (careLevels as readonly UnitType[]).includes(unit_type))
  const onScene = (all: typeof units) => earliest(all.map(({ on_scene_at }) => on_scene_at))
  const answered = call?.answered_at ?? null
  const ends: Record<IncidentInterval, Ends> = {
    answer: [ring, answered],
    processing: [answered, earliest(units.map(({ assigned_at }) => assigned_at))],
    total_response: [known, onScene(units)],
    total_response_ambulance: [known, onScene(ambulances)],
  }
  return {
    ...measure(incidentIntervalNames, (name) => ends[name]),
    clock_starts: {
      answer: 'call_received',
      processing: 'call_answered',
      total_response: began,
      total_response_ambulance: began,
    },
  }
}
