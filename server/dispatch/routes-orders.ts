import type { Input } from '@toneout/contract/operation.ts'
import type { Operations } from '@toneout/contract/operations/all.ts'
import { isRefusal, refuse } from '@toneout/contract/refusals.ts'
import { sha256 } from '../lib/crypto.ts'
import type { Exchange, SomeHandlers } from '../lib/http/mount.ts'
import type { Desk } from './desk.ts'
import type { WorkedIncident } from './rows.ts'
import { toSeedReply } from './seed-reply.ts'

type OrderIds = 'dispatchAmbulance' | 'dispatchAmbulanceAlias' | 'dispatchUnits'

const seedNames = {
  incident: 'emergency_call_id',
  unit: 'ambulance_id',
  paramedic: 'paramedic_id',
  hospital: 'hospital_id',
}
const names = { incident: 'id', unit: 'unit_ids', paramedic: 'paramedic_ids', hospital: 'hospital_id' }

/** The plan for an incident as it is now, from the slice that makes it. */
type FindPlan = (
  incidentId: number,
) => Promise<{ version: string; picks: { unit_number: string }[] } | undefined>

/** The number behind a caller's sealed one. */
type OpenCaller = (caller: NonNullable<WorkedIncident['caller']>) => string

/** What sends units. */
export function orderRoutes(desk: Desk, findPlan: FindPlan, openCaller: OpenCaller): SomeHandlers<OrderIds> {
  type Body = Input<Operations['dispatchAmbulance']>['body']
  const seed = async ({ body }: { body: Body }, { caller: { actor, displayName } }: Exchange) => {
    const crews = [{ unit_id: body.ambulance_id, paramedic_id: body.paramedic_id ?? null }]
    const order = { incident_id: body.emergency_call_id, crews, hospital_id: body.hospital_id ?? null }
    const done = await desk.submit({ kind: 'dispatch', actor, ...order, names: seedNames, showsCaller: true })
    if (isRefusal(done)) return done
    if ('first' in done) throw new Error('an order without a number has no first reply')
    const { caller } = done.body.incident
    const number = caller ? openCaller(caller) : ''
    return { status: 200 as const, body: toSeedReply(done.body, displayName ?? actor.name, number) }
  }
  const judgePlan = async (incidentId: number, version: string) => {
    const plan = await findPlan(incidentId)
    if (!plan || plan.version === version) return undefined
    const picks = plan.picks.map((one) => one.unit_number).join(' + ') || 'no unit that may go'
    const detail = `The plan has changed since it was shown. It is now: ${picks}.`
    return refuse('plan_changed', { detail, fields: { plan_version: [plan.version] } })
  }
  return {
    dispatchAmbulance: seed,
    dispatchAmbulanceAlias: seed,
    dispatchUnits: async ({ params, body }, { caller: { actor, role } }) => {
      const { unit_ids, paramedic_ids = [], order_id, override_reason } = body
      if (paramedic_ids.length > unit_ids.length) {
        return refuse('invalid', { fields: { paramedic_ids: ['Must not name more than unit_ids.'] } })
      }
      if (override_reason !== undefined && role !== 'supervisor') {
        return refuse('forbidden', { detail: 'Only a supervisor may override a rule.' })
      }
      const { plan_version, ...asked } = body
      const stale = plan_version === undefined ? undefined : await judgePlan(params.id, plan_version)
      const done = await desk.submit({
        kind: 'dispatch',
        actor,
        stale,
        incident_id: params.id,
        crews: unit_ids.map((unit_id, at) => ({ unit_id, paramedic_id: paramedic_ids[at] ?? null })),
        hospital_id: body.hospital_id ?? null,
        override: override_reason,
        once: { order_id, hash: sha256(JSON.stringify([params.id, asked])) },
        names,
      })
      if (isRefusal(done)) return done
      return { status: 200, body: 'first' in done ? done.first : done.reply }
    },
  }
}
