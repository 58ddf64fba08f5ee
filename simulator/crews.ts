import type { StepName } from '@toneout/contract/model/assignment.ts'
import { type Assignment, type AssignmentStatus, isLive } from '@toneout/contract/model/assignment.ts'
import type { EmergencyType } from '@toneout/contract/model/call.ts'
import { shownWhile, type Unit } from '@toneout/contract/model/unit.ts'
import type { Point } from './city/projection.ts'
import { type CrewTimes, levelOf, type Patients, patientsLeft } from './crew-times.ts'
import { along, type Drive, type Leg, metresBetween } from './travel.ts'

/** A demo unit and where its crew has got to. Moments are milliseconds of the simulation's clock. */
export type Crew = {
  readonly unit: Pick<Unit, 'id' | 'unit_number' | 'unit_type'>
  readonly home: Point
  readonly drive: Drive
  /** Where it stands, or where its drive began. */
  at: Point
  leg?: Leg
  job?: Job
}

/** The live assignment as far as the crew knows it, and what it does next. */
export type Job = {
  assignment_id: number
  incident_id: number
  status: AssignmentStatus
  emergency: EmergencyType
  urgent: boolean
  times: CrewTimes
  patients: Patients
  /** Undefined while nobody has said where it is. */
  scene?: Point
  hospital?: Point
  /** When the next step is due; `leave` is decided at the patient. */
  dueAt: number
  next: StepName | 'leave'
}

/** Seconds a crew looks for a place that nobody has put on the map. */
const searchSeconds = 300
/** Seconds until the crew looks again when it waits for somebody else. */
const waitSeconds = 60
/** Metres from the station that are not worth a drive. */
const atHome = 30

export function whereIs(crew: Crew, now: number): Point {
  return crew.leg ? along(crew.leg, now) : crew.at
}

/** The crew takes up an assignment wherever it has got to, also in the middle: the server's word counts. */
export function takeUp(crew: Crew, job: Omit<Job, 'dueAt' | 'next'>, now: number): void {
  crew.job = { ...job, dueAt: now, next: 'acknowledge' }
  enter(crew, job.status, now)
}

/** The assignment has reached a status: what the crew does from here, and until when. */
export function enter(crew: Crew, status: AssignmentStatus, now: number): void {
  const { job } = crew
  if (!job || !isLive(status)) {
    goHome(crew, now)
    return
  }
  job.status = status
  if (withPatient.has(status)) job.patients.takers.add(job.assignment_id)
  const { times, scene, hospital } = job
  const then = (next: Job['next'], seconds: number) =>
    Object.assign(job, { next, dueAt: now + seconds * 1_000 })
  const drive = (to: Point | undefined, siren: boolean) => {
    const from = whereIs(crew, now)
    if (!to) {
      stand(crew, from)
      return searchSeconds
    }
    crew.leg = crew.drive(from, to, { siren, pace: times.pace }, now)
    return (crew.leg.endsAt - now) / 1_000
  }
  if (status === 'ASSIGNED') then('acknowledge', times.acknowledge)
  else if (status === 'ACKNOWLEDGED') then('en-route', crew.leg ? 0 : times.turnout - times.acknowledge)
  else if (status === 'EN_ROUTE') then('on-scene', drive(scene, job.urgent))
  else if (status === 'TRANSPORTING') then('at-hospital', drive(hospital, false))
  else {
    const there = status === 'ON_SCENE' || status === 'AT_PATIENT' ? scene : hospital
    stand(crew, there ?? whereIs(crew, now))
    const treats = levelOf(crew.unit.unit_type) > 0
    if (status === 'ON_SCENE' && treats) then('at-patient', times.toPatient)
    else if (status === 'ON_SCENE' || status === 'AT_PATIENT') then('leave', times.scene)
    else if (status === 'AT_HOSPITAL') then('handover', times.handover)
    else then('clear', times.ready)
  }
}

function stand(crew: Crew, at: Point): void {
  crew.at = at
  crew.leg = undefined
}

/** Free again: back to the station without siren; on the way it can be sent elsewhere. */
export function goHome(crew: Crew, now: number): void {
  const from = whereIs(crew, now)
  crew.job = undefined
  stand(crew, from)
  if (metresBetween(from, crew.home) < atHome) return
  crew.leg = crew.drive(from, crew.home, { siren: false, pace: 1 }, now)
}

/** A drive that is over leaves the crew standing at its end. */
export function arrive(crew: Crew, now: number): void {
  if (crew.leg && crew.leg.endsAt <= now) stand(crew, crew.leg.to)
}

/**
 * What a crew that is done at the patient does. Each crew takes one patient, the strongest of those bound to
 * the incident first; a weaker one waits until they are there. `others` are the other crews bound to it.
 */
export function decideLeaving(crew: Crew, others: readonly Crew[]): 'transport' | 'clear' | 'wait' {
  const level = levelOf(crew.unit.unit_type)
  const { job } = crew
  const left = job ? patientsLeft(job.patients) : 0
  if (!job || left === 0 || level === 0) return 'clear'
  const before = others.filter((other) => {
    if (!other.job || job.patients.takers.has(other.job.assignment_id)) return false
    const theirs = levelOf(other.unit.unit_type)
    return theirs > level || (theirs === level && other.job.assignment_id < job.assignment_id)
  })
  if (before.length < left) return 'transport'
  return before.filter((other) => atScene.has(other.job!.status)).length < left ? 'wait' : 'clear'
}

const atScene: ReadonlySet<AssignmentStatus> = new Set(['ON_SCENE', 'AT_PATIENT'])
const withPatient: ReadonlySet<AssignmentStatus> = new Set(['TRANSPORTING', 'AT_HOSPITAL', 'HANDOVER_DONE'])

/** Looks again in a minute. */
export function wait(job: Job, now: number): void {
  job.dueAt = now + waitSeconds * 1_000
}

/** Whether the server's list of units says something else than the crew believes: somebody else acted. */
export function hasChanged(
  { job }: Crew,
  unit: Pick<Unit, 'assignment_id' | 'incident_id' | 'status'>,
): boolean {
  if (!job) return unit.assignment_id !== null
  const isSame = unit.assignment_id === job.assignment_id && unit.incident_id === job.incident_id
  return !isSame || unit.status !== shownWhile[job.status]
}

/** The assignment of this unit that binds it now. */
export function liveOf(crew: Crew, assignments: readonly Assignment[]): Assignment | undefined {
  return assignments.find(({ unit_id, status }) => unit_id === crew.unit.id && isLive(status))
}
