import type { Actor } from '@toneout/contract/model/fact.ts'
import { refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { confirmFinding } from './confirm-finding.ts'
import { findCall, type OfCall, readFindings } from './store.ts'
import { tellFindings } from './tell-findings.ts'

export function findingRoutes(
  ctx: Context,
  noteReading: (actor: Actor, call: OfCall) => Promise<void>,
): SomeHandlers<'tellFindings' | 'listFindings' | 'confirmFinding'> {
  return {
    tellFindings: async ({ params, body }, { caller: { actor } }) =>
      tellFindings(ctx, actor, params.call_sid, body.findings),
    listFindings: async ({ params }, { caller: { actor } }) => {
      const call = await findCall(ctx.db.pool, params.call_sid)
      if (!call) return refuse('not_found', { detail: 'There is no call with this call_sid.' })
      const results = await readFindings(ctx.db.pool, call.id)
      // Findings quote what was said.
      if (results.length > 0) await noteReading(actor, call)
      return { status: 200, body: { results } }
    },
    confirmFinding: async ({ params, body }, { caller: { actor } }) =>
      confirmFinding(ctx, actor, params, body?.value),
  }
}
