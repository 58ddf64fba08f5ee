import { type Assignment, isLive } from '@toneout/contract/model/assignment.ts'
import type { Actor, FactType } from '@toneout/contract/model/fact.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { PlannedNeeds } from '@toneout/contract/model/response-plan.ts'
import type { RefusalCode } from '@toneout/contract/refusals.ts'
import { awaitsCloseSince, deriveStatus } from '../incidents/rules.ts'
import { localDay } from '../lib/local-day.ts'
import type { FactDraft } from '../timeline/record.ts'
import type {
  Rows,
  StoredOrder,
  WorkedAssignment,
  WorkedCall,
  WorkedHospital,
  WorkedIncident,
  WorkedParamedic,
  WorkedUnit,
} from './rows.ts'
import { latestMilestone } from './rules.ts'

/**
 * What one group of commands works on, and what it leaves to be written. Commands of a group run one after
 * the other on it, so a later one sees what an earlier one decided.
 */
export type Work = {
  now: string
  /** The day where the centre is, as 2026-11-21. */
  today: string
  plans: PlannedNeeds
  incidents: Map<number, WorkedIncident>
  units: Map<number, WorkedUnit>
  paramedics: Map<number, WorkedParamedic>
  hospitals: Map<number, WorkedHospital>
  assignments: Map<number, WorkedAssignment>
  orders: Map<string, StoredOrder>
  calls: Map<number, WorkedCall>
  ids: number[]
  added: Set<number>
  changed: Set<number>
  changedIncidents: Set<number>
  changedCalls: Set<number>
  ordersGiven: StoredOrder[]
  facts: FactDraft[]
}

const byId = <T extends { id: number }>(rows: readonly T[]) => new Map(rows.map((row) => [row.id, row]))

/**
 * `clock` is the instant after the locks were given. Another machine's clock may be ahead of ours, and no
 * milestone is before the one that led to it.
 */
export function createWork(clock: Date, rows: Rows, plans: PlannedNeeds): Work {
  const reached = rows.assignments.map(latestMilestone)
  return {
    now: reached.reduce((latest, at) => (at > latest ? at : latest), clock.toISOString()),
    today: localDay(clock),
    plans,
    incidents: byId(rows.incidents),
    units: byId(rows.units),
    paramedics: byId(rows.paramedics),
    hospitals: byId(rows.hospitals),
    assignments: byId(rows.assignments),
    orders: new Map(rows.orders.map((one) => [one.order_id, one])),
    calls: byId(rows.calls),
    ids: [...rows.ids],
    added: new Set(),
    changed: new Set(),
    changedIncidents: new Set(),
    changedCalls: new Set(),
    ordersGiven: [],
    facts: [],
  }
}

const live = (work: Work, of: (one: Assignment) => boolean) =>
  [...work.assignments.values()].find((one) => of(one) && isLive(one.status))

export const liveOfUnit = (work: Work, id: number) => live(work, (one) => one.unit_id === id)
export const liveOfParamedic = (work: Work, id: number) => live(work, (one) => one.paramedic_id === id)
export const assignmentsOf = (work: Work, incidentId: number) =>
  [...work.assignments.values()].filter((one) => one.incident_id === incidentId)

/** Whether a unit would newly go to a hospital that is out of use; one that ended may have been. */
export function isNewlyRetired(work: Work, before: Assignment, after: Assignment): boolean {
  const { hospital_id } = after
  if (hospital_id === null || hospital_id === before.hospital_id || !isLive(after.status)) return false
  return work.hospitals.get(hospital_id)?.retired_at !== null
}

/** Keeps a new or changed assignment, and what of its incident follows from it. */
export function keepAssignment(work: Work, one: WorkedAssignment, isNew: boolean): void {
  work.assignments.set(one.id, one)
  if (isNew) work.added.add(one.id)
  else if (!work.added.has(one.id)) work.changed.add(one.id)
  const incident = work.incidents.get(one.incident_id)
  if (!incident) throw new Error('the incident of an assignment was not loaded')
  const status = deriveStatus(assignmentsOf(work, incident.id), incident.status)
  const awaiting_close_since = awaitsCloseSince(assignmentsOf(work, incident.id), incident)
  if (status === incident.status && awaiting_close_since === incident.awaiting_close_since) return
  keepIncident(work, { ...incident, status })
}

const fresh = {
  acknowledged_at: null,
  en_route_at: null,
  on_scene_at: null,
  at_patient_at: null,
  transporting_at: null,
  at_hospital_at: null,
  handover_done_at: null,
  cleared_at: null,
  cancelled_at: null,
  diverted_at: null,
  reason: null,
  corrections: {},
  hospital_named_at: null,
} as const

type Bound = Pick<Assignment, 'incident_id' | 'unit_id' | 'paramedic_id' | 'hospital_id'>

/** Binds a unit to an incident from now on. */
export function newAssignment(work: Work, actor: Actor, bound: Bound): WorkedAssignment {
  const id = work.ids.shift()
  if (id === undefined) throw new Error('no id was reserved')
  const dispatcher_id = actor.kind === 'person' ? actor.id : null
  const sent = { status: 'ASSIGNED', assigned_at: work.now } as const
  const one: WorkedAssignment = { ...fresh, id, ...bound, dispatcher_id, ...sent }
  keepAssignment(work, one, true)
  return one
}

/**
 * Keeps a changed incident, whose assignments are kept before it: since when it waits for its end follows
 * from both.
 */
export function keepIncident(work: Work, incident: WorkedIncident): WorkedIncident {
  const awaiting_close_since = awaitsCloseSince(assignmentsOf(work, incident.id), incident)
  const kept = { ...incident, awaiting_close_since }
  work.incidents.set(incident.id, kept)
  work.changedIncidents.add(incident.id)
  return kept
}

/** As replies show it. */
export function shownAssignment({ hospital_named_at: _, ...shown }: WorkedAssignment): Assignment {
  return shown
}

/** As replies show it: without the caller. */
export function shownIncident(incident: WorkedIncident): Incident {
  const { caller: _, merge_record: __, absorbed: ___, ...shown } = incident
  return shown
}

/** Notes a fact about an assignment, and about a call where it changes what is said of it. */
export function note(
  work: Work,
  actor: Actor,
  type: FactType,
  { incident_id, unit_id }: Pick<Assignment, 'incident_id' | 'unit_id'>,
  data: FactDraft['data'],
  call_id: number | null = null,
): void {
  work.facts.push({ at: work.now, type, actor, call_id, incident_id, unit_id, data })
}

/** Notes what a supervisor set aside for an assignment, and why. */
export function noteOverridden(
  work: Work,
  actor: Actor,
  one: Assignment,
  rules: readonly RefusalCode[],
  reason: string | undefined,
): void {
  if (rules.length === 0) return
  note(work, actor, 'rule_overridden', one, { assignment_id: one.id, rules, reason })
}
