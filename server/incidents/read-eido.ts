import type { Eido } from '@toneout/contract/model/eido.ts'
import type { Context } from '../context.ts'
import { findIncidentInFull, findSentUnits } from './reads.ts'
import { toEido } from './rules-eido.ts'

/** What a NENA identifier of a centre has not been set to. */
const issuer = 'toneout.invalid'

/** An incident as it is now; undefined when there is none. */
export async function readEido(ctx: Context, id: number): Promise<Eido | undefined> {
  const [incident, units] = await Promise.all([findIncidentInFull(ctx.db, id), findSentUnits(ctx.db, id)])
  if (!incident) return undefined
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const sent = incident.assignments.flatMap((assignment) => {
    const unit = byId.get(assignment.unit_id)
    return unit ? [{ assignment, unit }] : []
  })
  return toEido({ incident, sent, issuer: ctx.config.allowedHosts[0] ?? issuer, at: ctx.now().toISOString() })
}
