import { type Assignment, type AssignmentStatus, isLive } from '@toneout/contract/model/assignment.ts'
import type { EmergencyType } from '@toneout/contract/model/call.ts'
import type { Unit, UnitStatus } from '@toneout/contract/model/unit.ts'
import type { StepName } from '@toneout/contract/operations/dispatch.ts'
import type { Point } from './city.ts'
import { type CrewTimes, levelOf, type Patient } from './crew-times.ts'
import { along, driveSeconds, type Leg, makeLeg, metresBetween } from './travel.ts'

/** A demo unit and where its crew has got to. Moments are milliseconds of the simulation's clock. */
export type Crew = {
  readonly unit: Pick<Unit, 'id' | 'unit_number' | 'unit_type'>
  readonly home: Point
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
  patient: Patient
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
  job.patient.taken ||= withPatient.has(status)
  const { times, scene, hospital } = job
  const then = (next: Job['next'], seconds: number) =>
    Object.assign(job, { next, dueAt: now + seconds * 1_000 })
  const drive = (to: Point | undefined, siren: boolean) => {
    const from = whereIs(crew, now)
    if (!to) {
      stand(crew, from)
      return searchSeconds
    }
    const seconds = driveSeconds(from, to, siren ? 'siren' : 'normal', times.pace)
    crew.leg = makeLeg(from, to, seconds, now)
    return seconds
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
  crew.leg = makeLeg(from, crew.home, driveSeconds(from, crew.home, 'normal'), now)
}

/** A drive that is over leaves the crew standing at its end. */
export function arrive(crew: Crew, now: number): void {
  if (crew.leg && crew.leg.endsAt <= now) stand(crew, crew.leg.to)
}

/**
 * What a crew that is done at the patient does. One patient is taken, by the strongest crew of those bound to
 * the incident; a weaker one waits until it is there. `others` are the other crews bound to it.
 */
export function decideLeaving(crew: Crew, others: readonly Crew[]): 'transport' | 'clear' | 'wait' {
  const level = levelOf(crew.unit.unit_type)
  if (!crew.job?.patient.transported || level === 0) return 'clear'
  if (crew.job.patient.taken) return 'clear'
  const stronger = others.filter((other) => {
    const theirs = levelOf(other.unit.unit_type)
    return theirs > level || (theirs === level && (other.job?.assignment_id ?? 0) < crew.job!.assignment_id)
  })
  if (stronger.length === 0) return 'transport'
  return stronger.some(({ job }) => job && atScene.has(job.status)) ? 'clear' : 'wait'
}

const atScene: ReadonlySet<AssignmentStatus> = new Set(['ON_SCENE', 'AT_PATIENT'])
const withPatient: ReadonlySet<AssignmentStatus> = new Set(['TRANSPORTING', 'AT_HOSPITAL', 'HANDOVER_DONE'])

/** Looks again in a minute. */
export function wait(job: Job, now: number): void {
  job.dueAt = now + waitSeconds * 1_000
}

const shown: Partial<Record<AssignmentStatus, UnitStatus>> = {
  ASSIGNED: 'EN_ROUTE',
  ACKNOWLEDGED: 'EN_ROUTE',
  EN_ROUTE: 'EN_ROUTE',
  ON_SCENE: 'ON_SCENE',
  AT_PATIENT: 'ON_SCENE',
  TRANSPORTING: 'TRANSPORTING',
  AT_HOSPITAL: 'AT_HOSPITAL',
  HANDOVER_DONE: 'AT_HOSPITAL',
}

/** Whether the server's list of units says something else than the crew believes: somebody else acted. */
export function hasChanged(
  { job }: Crew,
  unit: Pick<Unit, 'assignment_id' | 'incident_id' | 'status'>,
): boolean {
  if (!job) return unit.assignment_id !== null
  const isSame = unit.assignment_id === job.assignment_id && unit.incident_id === job.incident_id
  return !isSame || unit.status !== shown[job.status]
}

/** The assignment of this unit that binds it now. */
export function liveOf(crew: Crew, assignments: readonly Assignment[]): Assignment | undefined {
  return assignments.find(({ unit_id, status }) => unit_id === crew.unit.id && isLive(status))
}
