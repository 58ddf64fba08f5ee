import { steps } from '@toneout/contract/model/assignment.ts'
import { refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import type { Desk } from './desk.ts'
import { assignmentRoutes, type ReadIds } from './routes-assignments.ts'

type LifeIds =
  | 'stepAssignment'
  | 'correctAssignment'
  | 'chooseHospital'
  | 'divertUnit'
  | 'closeIncident'
  | 'cancelIncident'
  | 'reopenIncident'
  | 'mergeIncident'
  | 'splitIncident'

const onlySupervisors = refuse('forbidden', { detail: 'Only a supervisor may override a rule.' })

/** What assignments there are, and what happens to them and their incidents. */
export function lifeRoutes(ctx: Context, desk: Desk): SomeHandlers<LifeIds | ReadIds> {
  return {
    ...assignmentRoutes(ctx),
    closeIncident: async ({ params, body }, { caller: { actor } }) =>
      desk.submit({ kind: 'end', to: 'CLOSED', actor, incident_id: params.id, body }),
    cancelIncident: async ({ params, body }, { caller: { actor } }) =>
      desk.submit({ kind: 'end', to: 'CANCELLED', actor, incident_id: params.id, body }),
    reopenIncident: async ({ params, body }, { caller: { actor, role } }) =>
      desk.submit({ kind: 'reopen', actor, role, incident_id: params.id, reason: body.reason }),
    divertUnit: async ({ params, body }, { caller: { actor, role } }) => {
      const { override_reason: override, ...asked } = body
      if (override !== undefined && role !== 'supervisor') return onlySupervisors
      return desk.submit({ kind: 'divert', actor, assignment_id: params.id, ...asked, override })
    },
    mergeIncident: async ({ params, body }, { caller: { actor } }) =>
      desk.submit({ kind: 'merge', actor, incident_id: params.id, into_id: body.into_id }),
    splitIncident: async ({ params }, { caller: { actor } }) =>
      desk.submit({ kind: 'split', actor, incident_id: params.id, into_id: null }),
    stepAssignment: async ({ params, body = {} }, { caller: { actor, role } }) => {
      const crew_of = role === 'paramedic' ? actor.id : undefined
      if (crew_of === null) return refuse('forbidden')
      if (crew_of !== undefined && params.step === 'cancel') {
        return refuse('forbidden', { detail: 'A crew may decline; only a dispatcher cancels.' })
      }
      const { override_reason: override, ...said } = body
      if (override !== undefined && role !== 'supervisor') return onlySupervisors
      const step = { to: steps[params.step], declined: params.step === 'decline', ...said }
      return desk.submit({ kind: 'step', actor, assignment_id: params.id, crew_of, step, override })
    },
    chooseHospital: async ({ params, body }, { caller: { actor, role } }) => {
      const crew_of = role === 'paramedic' ? actor.id : undefined
      if (crew_of === null) return refuse('forbidden')
      const mayOverride = crew_of !== undefined || role === 'supervisor'
      const choice = { crew_of, choice: body, mayOverride }
      return desk.submit({ kind: 'hospital', actor, assignment_id: params.id, ...choice })
    },
    correctAssignment: async ({ params, body }, { caller: { actor, role } }) => {
      const { override_reason: override, ...correction } = body
      if (override !== undefined && role !== 'supervisor') return onlySupervisors
      return desk.submit({ kind: 'correct', actor, assignment_id: params.id, correction, override })
    },
  }
}
