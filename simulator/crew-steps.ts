import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Recommendation } from '@toneout/contract/operations/recommendations.ts'
import { drawCrewTimes, drawPatients, levelOf } from './crew-times.ts'
import type { Drivers } from './crew-world.ts'
import * as crews from './crews.ts'

/** Goes by what the server says of the crew's assignment, whoever has changed it. */
export async function follow(crew: crews.Crew, incident_id: number, on: Drivers): Promise<void> {
  const { status, body } = await on.send('readIncident', { params: { id: incident_id } })
  if (status !== 200) return
  const incident = body as Incident & { assignments: Assignment[] }
  const live = crews.liveOf(crew, incident.assignments)
  if (!live) return crews.goHome(crew, on.clock())
  const { emergency_type: emergency, priority, latitude, longitude } = incident
  const scene = latitude !== null && longitude !== null ? { latitude, longitude } : undefined
  const patients =
    on.patients.get(incident_id) ??
    drawPatients(on.random.stream(`patient ${on.ordinal('incident', incident_id)}`), emergency)
  on.patients.set(incident_id, patients)
  const crowd = scene && levelOf(crew.unit.unit_type) > 0 ? on.crowdAt(scene) : undefined
  patients.total = Math.max(patients.total, crowd ?? 0)
  const job = {
    assignment_id: live.id,
    incident_id,
    status: live.status,
    emergency,
    urgent: priority <= 2,
    times: drawCrewTimes(on.random.stream(`crew ${on.ordinal('assignment', live.id)}`), emergency),
    patients,
    scene,
    hospital: on.fleet.hospitals.find(({ id }) => id === live.hospital_id),
  }
  crews.takeUp(crew, job, on.clock())
  plan(crew, on)
}

/** Puts the crew's next step down for its moment; what has changed until then has put down its own. */
function plan(crew: crews.Crew, on: Drivers): void {
  const { job } = crew
  if (!job) return
  const { dueAt } = job
  on.timetable.at(dueAt, async () => {
    if (crew.job !== job || job.dueAt !== dueAt) return
    crews.arrive(crew, on.clock())
    await act(crew, on)
    if (crew.job === job && job.dueAt <= on.clock()) crews.wait(job, on.clock())
    if (crew.job === job) plan(crew, on)
  })
}

/** Reports the step that is due. What fails in passing is due again in a minute. */
async function act(crew: crews.Crew, on: Drivers): Promise<void> {
  const { job } = crew
  if (!job) return
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
