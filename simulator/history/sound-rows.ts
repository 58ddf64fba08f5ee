import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { FactType } from '@toneout/contract/model/fact.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Attempt, FinalState, Kind } from './entry.ts'

export const at = (second: number) => `2026-11-21T07:00:${String(second).padStart(2, '0')}.000Z`

const stamps = ['acknowledged', 'en_route', 'on_scene', 'at_patient', 'transporting', 'at_hospital']
  .concat('handover_done', 'cleared', 'cancelled', 'diverted')
  .map((name) => [`${name}_at`, null])

function makeAssignment(id: number, given: Partial<Assignment>): Assignment {
  const none = { paramedic_id: null, hospital_id: null, reason: null }
  const fresh = { ...Object.fromEntries(stamps), ...none, corrections: {} }
  return { ...fresh, id, dispatcher_id: 9, status: 'ASSIGNED', ...given } as Assignment
}

export const makeIncident = (id: number, given: Partial<Incident>): Incident => ({
  id,
  incident_number: `I-${id}`,
  status: 'RECEIVED',
  priority: 2,
  emergency_type: 'CARDIAC',
  location: '21 Harbour Street',
  latitude: null,
  longitude: null,
  notes: '',
  received_at: at(0),
  closed_at: null,
  reopened_at: null,
  awaiting_close_since: null,
  disposition: null,
  merged_into: null,
  ...given,
})

export type Case = { attempts: Attempt[]; state: FinalState }

/** Writes a history and the rows and facts it leaves, side by side. */
export function openCase() {
  const attempts: Attempt[] = []
  const rows = { incidents: [], assignments: [], orders: [], facts: [] }
  const state: FinalState = { given: [1, 2, 4, 5], ...rows, units: [], hospitals: [] }
  const asked = (kind: Kind, action: object, outcome: Attempt['outcome'], reply?: object) => {
    const one = { n: attempts.length, client: 'a', kind, action, outcome, reply }
    attempts.push(structuredClone(one) as Attempt)
  }
  const told = (type: FactType, second: number, about: Partial<Assignment>, data: object = {}) => {
    const { id, incident_id = null, unit_id = null } = about
    const actor = { kind: 'person' as const, id: 9, name: 'desk' }
    const fact = { id: state.facts.length + 1, at: at(second), type, actor, call_id: null }
    state.facts.push({ ...fact, incident_id, unit_id, data: { ...(id && { assignment_id: id }), ...data } })
  }
  const made = (id: number, incident_id: number, unit_id: number, second: number, more: object = {}) => {
    const one = makeAssignment(id, { incident_id, unit_id, assigned_at: at(second) })
    state.assignments.push(one)
    told('unit_assigned', second, one, more)
    return one
  }
  return { attempts, state, asked, told, made }
}
export type Open = ReturnType<typeof openCase>
