import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Priority } from '@toneout/contract/model/incident.ts'
import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { DispatchReply, WorkedHospital, WorkedIncident, WorkedParamedic, WorkedUnit } from './rows.ts'
import { decideDispatch, type Order, type UnitAtHand } from './rules.ts'
import type { Work } from './work.ts'
import {
  liveOfParamedic,
  liveOfUnit,
  newAssignment,
  note,
  noteOverridden,
  shownAssignment,
  shownIncident,
} from './work.ts'

/** What the client calls the things of an order, so that a refusal names its own fields. */
export type FieldNames = { incident: string; unit: string; paramedic: string; hospital: string }

export type DispatchUnits = {
  kind: 'dispatch'
  actor: Actor
  incident_id: number
  /** Each unit with who leads its crew, all different. */
  crews: readonly { unit_id: number; paramedic_id: number | null }[]
  hospital_id: number | null
  /** Why a supervisor sends them although a rule speaks against it. */
  override?: string
  /** The client's number of the order and the hash of the parsed body it came with. */
  once?: { order_id: string; hash: string }
  names: FieldNames
  /** The reply tells the caller's number, as older clients know it; so does the fact that it did. */
  showsCaller?: boolean
  /** The plan the dispatcher saw has changed; an order that was given before is still answered. */
  stale?: Refusal
}

export type Dispatched = {
  incident: WorkedIncident
  assignments: Assignment[]
  units: WorkedUnit[]
  paramedics: WorkedParamedic[]
  hospital: WorkedHospital | undefined
  warnings: string[]
}

/** Sends all units of the order or none; the same order_id again gives the first reply. */
export type DispatchOutcome =
  | { status: 200; body: Dispatched; reply: DispatchReply }
  | { status: 200; first: DispatchReply }
  | Refusal

type Found = Pick<Dispatched, 'incident' | 'units' | 'paramedics' | 'hospital'>

/** The rows the order is about, or all that is not there, each by the name of its field. */
function find(work: Work, { incident_id, crews, hospital_id, names }: DispatchUnits): Found | Refusal {
  const incident = work.incidents.get(incident_id)
  const units = crews.flatMap(({ unit_id }) => work.units.get(unit_id) ?? [])
  const led = crews.flatMap(({ paramedic_id }) => paramedic_id ?? [])
  const paramedics = led.flatMap((id) => work.paramedics.get(id) ?? [])
  const hospital = hospital_id === null ? undefined : work.hospitals.get(hospital_id)
  const missing: [boolean, string, string][] = [
    [!incident, names.incident, 'There is no such incident.'],
    [units.length < crews.length, names.unit, 'There is no such unit.'],
    [paramedics.length < led.length, names.paramedic, 'There is no such paramedic.'],
    [
      hospital_id !== null && (!hospital || hospital.retired_at !== null),
      names.hospital,
      'There is no such hospital.',
    ],
  ]
  const fields = Object.fromEntries(missing.flatMap(([is, name, text]) => (is ? [[name, [text]]] : [])))
  if (!incident || Object.keys(fields).length > 0) return refuse('not_found', { fields })
  return { incident, units, paramedics, hospital }
}

function toOrder(work: Work, { incident, units, paramedics, hospital }: Found, override?: string): Order {
  const atHand = (unit: WorkedUnit): UnitAtHand => ({
    ...unit,
    assigned: liveOfUnit(work, unit.id)?.status,
    retired: unit.retired_at !== null,
  })
  return {
    incident,
    needs: work.plans[incident.emergency_type][incident.priority as Priority],
    units: units.map(atHand),
    paramedics: paramedics.map((one) => ({ ...one, busy: liveOfParamedic(work, one.id) !== undefined })),
    hospital,
    today: work.today,
    override,
  }
}

/** The refusal in the words of the client's own fields. */
function rename(refusal: Refusal, names: FieldNames): Refusal {
  const own: Record<string, string> = {
    ambulance_id: names.unit,
    paramedic_id: names.paramedic,
    hospital_id: names.hospital,
  }
  const fields = Object.entries(refusal.fields ?? {}).map(([name, texts]) => [own[name] ?? name, texts])
  return { ...refusal, fields: Object.fromEntries(fields) }
}

export function dispatchUnits(work: Work, item: DispatchUnits): DispatchOutcome {
  const { actor, crews, hospital_id, override, once, names } = item
  const first = once && work.orders.get(once.order_id)
  if (first) {
    const { request_hash, reply } = first
    return request_hash === once.hash ? { status: 200, first: reply } : refuse('order_id_reused')
  }
  if (item.stale) return item.stale
  const found = find(work, item)
  if (isRefusal(found)) return found
  const decided = decideDispatch(toOrder(work, found, override))
  if (isRefusal(decided)) return rename(decided, names)
  const assignments = crews.map(({ unit_id, paramedic_id }, at) => {
    const one = newAssignment(work, actor, {
      incident_id: item.incident_id,
      unit_id,
      paramedic_id,
      hospital_id,
    })
    const { unit_number } = found.units[at] as WorkedUnit
    const told = {
      assignment_id: one.id,
      unit_number,
      paramedic_id,
      hospital_id,
      order_id: once?.order_id ?? null,
      ...(item.showsCaller && found.incident.caller !== null && { caller_shown: true }),
      ...(decided.overridden.length > 0 && { rules: decided.overridden, reason: override }),
    }
    note(work, actor, 'unit_assigned', one, told, found.incident.caller?.id)
    noteOverridden(work, actor, one, decided.overridden, override)
    return shownAssignment(one)
  })
  const incident = work.incidents.get(item.incident_id) as WorkedIncident
  const { warnings } = decided
  const reply = { incident: shownIncident(incident), assignments, warnings }
  if (once) {
    const given = { order_id: once.order_id, incident_id: incident.id, request_hash: once.hash, reply }
    work.orders.set(once.order_id, given)
    work.ordersGiven.push(given)
  }
  return { status: 200, body: { ...found, incident, assignments, warnings }, reply }
}
