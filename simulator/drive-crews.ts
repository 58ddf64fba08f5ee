import type { Client } from '@toneout/contract/client.ts'
import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'
import type { Recommendation } from '@toneout/contract/operations/recommendations.ts'
import { type Fleet, readUnits } from './build-fleet.ts'
import type { Point } from './city.ts'
import { drawCrewTimes, drawPatient, type Patient } from './crew-times.ts'
import * as crews from './crews.ts'
import type { Random } from './random.ts'

export type Driving = {
  send: Client
  /** Milliseconds of the simulation's clock. */
  clock: () => number
  random: Random
  fleet: Fleet
}

/** Milliseconds between two reports of a unit's position: after it moved, and while it stands. */
const reportMs = { moved: 1_000, standing: 30_000 }

type Drivers = Driving & {
  crews: readonly crews.Crew[]
  /** By incident; two crews see the same patient. */
  patients: Map<number, Patient>
  reported: Map<number, Point & { at: number }>
}

/** The crews of the demo's units. `tick` does what is due and gives how many of them are bound. */
export function openCrews(driving: Driving) {
  const { fleet, clock } = driving
  const homes = new Map(fleet.stations.map((station) => [station.id, station]))
  const all = fleet.units.map((unit) => {
    const { latitude, longitude, station_id } = unit
    const home = homes.get(station_id ?? 0) ?? fleet.stations[0]!
    const at = latitude !== null && longitude !== null ? { latitude, longitude } : home
    const crew: crews.Crew = { unit, home, at }
    crews.goHome(crew, clock())
    return crew
  })
  const on: Drivers = { ...driving, crews: all, patients: new Map(), reported: new Map() }
  return {
    size: all.length,
    async tick(): Promise<number> {
      const units = new Map((await readUnits(on.send)).map((unit) => [unit.id, unit]))
      for (const crew of all) crews.arrive(crew, clock())
      await Promise.all(all.map((crew) => lookUp(crew, units.get(crew.unit.id), on)))
      await Promise.all(all.map((crew) => act(crew, on)))
      await report(on)
      const bound = all.filter(({ job }) => job)
      for (const id of on.patients.keys()) {
        if (!bound.some(({ job }) => job?.incident_id === id)) on.patients.delete(id)
      }
      return bound.length
    },
  }
}

/** A dispatcher at the page may send, divert, cancel or step a unit at any moment; the crew goes by that. */
async function lookUp(crew: crews.Crew, unit: Unit | undefined, on: Drivers): Promise<void> {
  if (!unit || unit.incident_id === null) {
    if (crew.job) crews.goHome(crew, on.clock())
  } else if (crews.hasChanged(crew, unit)) await follow(crew, unit.incident_id, on)
}

async function follow(crew: crews.Crew, incident_id: number, on: Drivers): Promise<void> {
  const { status, body } = await on.send('readIncident', { params: { id: incident_id } })
  if (status !== 200) return
  const incident = body as Incident & { assignments: Assignment[] }
  const live = crews.liveOf(crew, incident.assignments)
  if (!live) return crews.goHome(crew, on.clock())
  const { emergency_type: emergency, priority, latitude, longitude } = incident
  const patient =
    on.patients.get(incident_id) ?? drawPatient(on.random.stream(`patient ${incident_id}`), emergency)
  on.patients.set(incident_id, patient)
  const job = {
    assignment_id: live.id,
    incident_id,
    status: live.status,
    emergency,
    urgent: priority <= 2,
    times: drawCrewTimes(on.random.stream(`crew ${live.id}`), emergency),
    patient,
    scene: latitude !== null && longitude !== null ? { latitude, longitude } : undefined,
    hospital: on.fleet.hospitals.find(({ id }) => id === live.hospital_id),
  }
  crews.takeUp(crew, job, on.clock())
}

/** Reports the next step when it is due. What fails in passing is due again at the next tick. */
async function act(crew: crews.Crew, on: Drivers): Promise<void> {
  const { job } = crew
  if (!job || job.dueAt > on.clock()) return
  const others = on.crews.filter((other) => other !== crew && other.job?.incident_id === job.incident_id)
  const decided = job.next === 'leave' ? crews.decideLeaving(crew, others) : job.next
  if (decided === 'wait') return crews.wait(job, on.clock())
  const hospital_id = decided === 'transport' ? await chooseHospital(job, on) : undefined
  const step = decided === 'transport' && hospital_id === undefined ? 'clear' : decided
  const params = { id: job.assignment_id, step }
  const { status, body } = await on.send('stepAssignment', { params, body: { hospital_id } })
  if (status === 200) {
    const { status: reached, hospital_id } = body as Assignment
    job.hospital = on.fleet.hospitals.find(({ id }) => id === hospital_id)
    crews.enter(crew, reached, on.clock())
  } else if (status === 409 || status === 404) await follow(crew, job.incident_id, on)
}

/** The one a dispatcher named, otherwise the best of the recommendation. */
async function chooseHospital(job: crews.Job, on: Drivers): Promise<number | undefined> {
  const named = on.fleet.hospitals.find((one) => one === job.hospital)
  if (named) return named.id
  const { status, body } = await on.send('readRecommendation', { params: { id: job.incident_id } })
  const offered = status === 200 ? (body as Recommendation).hospitals : []
  return offered.find(({ hospital_id }) => on.fleet.hospitals.some(({ id }) => id === hospital_id))
    ?.hospital_id
}

/** One batch of where units are: those that moved at once, the others so that no position grows old. */
async function report(on: Drivers): Promise<void> {
  const now = Date.now()
  const at = on.clock()
  const positions = on.crews.flatMap((crew) => {
    const { latitude, longitude } = crews.whereIs(crew, at)
    const place = { latitude: six(latitude), longitude: six(longitude) }
    const last = on.reported.get(crew.unit.id)
    const moved = place.latitude !== last?.latitude || place.longitude !== last.longitude
    const isDue = now - (last?.at ?? 0) >= (moved ? reportMs.moved : reportMs.standing)
    return isDue ? [{ id: crew.unit.id, ...place }] : []
  })
  if (positions.length === 0) return
  const { status } = await on.send('reportPositions', { body: { positions } })
  if (status !== 200) return
  for (const { id, ...place } of positions) on.reported.set(id, { at: now, ...place })
}

const six = (value: number) => Math.round(value * 1e6) / 1e6
