import { refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { confirmFinding } from './confirm-finding.ts'
import { findCallId, readFindings } from './store.ts'
import { tellFindings } from './tell-findings.ts'

export function findingRoutes(
  ctx: Context,
): SomeHandlers<'tellFindings' | 'listFindings' | 'confirmFinding'> {
  return {
    tellFindings: async ({ params, body }, { caller: { actor } }) =>
      tellFindings(ctx, actor, params.call_sid, body.findings),
    listFindings: async ({ params }) => {
      const id = await findCallId(ctx.db.pool, params.call_sid)
      if (id === undefined) return refuse('not_found', { detail: 'There is no call with this call_sid.' })
      return { status: 200, body: { results: await readFindings(ctx.db.pool, id) } }
    },
    confirmFinding: async ({ params, body }, { caller: { actor } }) =>
      confirmFinding(ctx, actor, params, body?.value),
  }
}
