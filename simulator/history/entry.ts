import type { Assignment, AssignmentStatus } from '@toneout/contract/model/assignment.ts'
import type { SeedReply } from '@toneout/contract/model/dispatch.ts'
import type { Fact } from '@toneout/contract/model/fact.ts'
import type { Disposition, Incident } from '@toneout/contract/model/incident.ts'

/** What clients of a campaign ask for, by kind. Only `order` may be repeated: it has a number of its own. */
export type Actions = {
  open: { notes: string }
  order: {
    order_id: string
    incident_id: number
    unit_ids: number[]
    /** Who leads each crew, in the order of unit_ids. */
    paramedic_ids: (number | null)[]
    /** Where the patient will be taken; left out where nobody has said. */
    hospital_id?: number
  }
  seed: { incident_id: number; unit_id: number; paramedic_id: number | null }
  step: { assignment_id: number; to: AssignmentStatus }
  divert: { assignment_id: number; incident_id: number }
  end: { incident_id: number; to: 'CLOSED' | 'CANCELLED'; disposition: Disposition }
  reopen: { incident_id: number }
  merge: { incident_id: number; into_id: number }
  split: { incident_id: number }
  /** Takes a unit or a hospital out of use, or into use again. */
  retire: { what: Kept; id: number }
  restore: { what: Kept; id: number }
  /** Set in the database under the lock of the unit's row, and only while the unit is free. */
  duty: { unit_id: number; duty: 'AVAILABLE' | 'OFF_DUTY' }
}
export type Kind = keyof Actions
/** What can be taken out of use. */
export type Kept = 'unit' | 'hospital'

type Both = { from: Incident; into: Incident }
type InUse = { id: number; retired_at: string | null }
export type OrderReply = { incident: Incident; assignments: Assignment[]; warnings: string[] }

/** What each is answered with when it was done. */
export type Replies = {
  open: Incident
  order: OrderReply
  seed: SeedReply
  step: Assignment
  divert: { diverted: Assignment; assignment: Assignment }
  end: Incident
  reopen: Incident
  merge: Both
  split: Both
  retire: InUse
  restore: InUse
  /** Live assignments of the unit, seen under the lock at the moment of the change. */
  duty: { live: number[] }
}

/** One line of a history. `at` is the client's clock; `n` ties the end of a request to its beginning. */
export type Line =
  | { n: number; phase: 'invoke'; at: string; client: string; kind: Kind; action: Actions[Kind] }
  | { n: number; phase: 'ok'; at: string; reply: Replies[Kind] }
  | { n: number; phase: 'fail' | 'unknown'; at: string; why: string }

/** A request from its beginning to its end. `unknown`: it may have been done or not. */
export type Attempt<K extends Kind = Kind> = {
  n: number
  client: string
  kind: K
  action: Actions[K]
  outcome: 'ok' | 'fail' | 'unknown'
  /** There when the outcome is ok. */
  reply?: Replies[K]
  why?: string
}

export type KeptOrder = { order_id: string; incident_id: number; reply: OrderReply }

/** What the database holds once everything has healed and nothing is under way, read in one snapshot. */
export type FinalState = {
  /** Incidents that were there before the first request. */
  given: number[]
  /** Of them, those that others may have sent units to before. */
  earlier?: number[]
  incidents: Incident[]
  assignments: Assignment[]
  orders: KeptOrder[]
  facts: Fact[]
  units: InUse[]
  hospitals: InUse[]
}

/** The checks by their names, P0 to P7, and those of the life cycle. */
type OfLife = 'transitions' | 'milestones' | 'incident' | 'moves' | 'retired' | 'duty'
export type CheckName = 'P0' | 'P1' | 'P2' | 'P3' | 'P7' | OfLife
export type Violation = { check: CheckName; what: string }
