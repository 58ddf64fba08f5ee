import type { Recommendation } from '@toneout/contract/operations/recommendations.ts'
import type { Context } from '../context.ts'
import { isPosition } from '../lib/geo.ts'
import type { DriveTimes } from '../lib/geo-drives.ts'
import { readNear } from './read-near.ts'
import { planOf } from './response-plans.ts'
import { limits, rankUnits } from './rules.ts'
import { type Binding, suggestDiverts } from './rules-diverts.ts'
import { rankHospitals } from './rules-hospitals.ts'
import * as store from './store.ts'

/** The unit as the rules look at it. */
export function toRankable({ assignment_id, assignment_status, incident_id, ...unit }: store.FleetUnit) {
  const { incident_number, priority, ...rest } = unit
  const bound = { assignment_id, status: assignment_status, incident_id, incident_number, priority }
  return { ...rest, live: assignment_id === null ? null : (bound as Binding) }
}

/** What to send to the incident as things are now; undefined when there is no such incident. */
export async function recommend(
  { db, now, settings }: Context,
  drives: DriveTimes,
  incidentId: number,
): Promise<Recommendation | undefined> {
  const incident = await store.findIncident(db, incidentId)
  if (!incident) return undefined
  const time = now()
  const at = time.toISOString()
  const plan = planOf(settings.current().response_plans, incident.emergency_type, incident.priority)
  const since = new Date(time.getTime() - limits.usableAge).toISOString()
  const [near, hospitals] = await Promise.all([
    readNear(db, { incident, needs: plan.needs, since }),
    store.readHospitals(db),
  ])
  const when = { priority: incident.priority, at }
  const units = near.map(toRankable)
  const [toIncident, toHospitals] = await Promise.all([
    drives.toIncident(units, incident, when),
    drives.fromIncident(hospitals, incident, when),
  ])
  const isPlaced = isPosition(incident)
  const ranked = rankUnits(plan, incident, units, isPlaced ? toIncident : undefined, at)
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const show = <T extends { unit_id: number }>(one: T) => {
    const { unit_number = '', unit_type = 'BASIC' as const } = byId.get(one.unit_id) ?? {}
    return { ...one, unit_number, unit_type }
  }
  const inbound = new Map(hospitals.map((one) => [one.id, one.inbound]))
  const choices = rankHospitals(incident, hospitals, toHospitals, inbound)
  const names = new Map(hospitals.map((one) => [one.id, one.name]))
  return {
    ...ranked,
    incident_id: incident.id,
    as_of: at,
    needs: [...plan.needs],
    why: plan.why,
    picks: ranked.picks.map(show),
    near_misses: ranked.near_misses.map(show),
    diverts: isPlaced ? suggestDiverts(incident, ranked, units, toIncident, at).map(show) : [],
    hospitals: choices.map((one) => ({ ...one, name: names.get(one.hospital_id) ?? '' })),
  }
}
