import { refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { replyPage } from '../lib/http/page-urls.ts'
import type { Heads } from './heads.ts'
import { keepCheck } from './keep-check.ts'
import { readAudit } from './reads.ts'
import { verifyChain } from './verify-chain.ts'

/** Milliseconds a request checks the chain. */
const budgetMs = 1_000

export function auditRoutes(
  ctx: Context,
  heads: Heads | undefined,
): SomeHandlers<'listAudit' | 'verifyAudit'> {
  let checking = false
  return {
    listAudit: async ({ query }, { request }) => {
      if (query.request_id !== undefined && query.after === undefined) {
        const words = 'Is needed with request_id, which is looked for in a period.'
        return refuse('invalid', { fields: { after: [words] } })
      }
      const page = await readAudit(ctx.db, query)
      return replyPage(page, ctx.config, request)
    },
    verifyAudit: async ({ query }, { caller }) => {
      if (checking) return refuse('rate_limited', { retryAfterSeconds: 1 })
      checking = true
      try {
        const end = performance.now() + budgetMs
        const mayGoOn = () => performance.now() < end
        const { from = 1 } = query
        const found = await verifyChain({ ...ctx, heads }, { from, mayGoOn })
        if (!found) return refuse('invalid', { fields: { from: ['There is no such block.'] } })
        await keepCheck(ctx, caller.actor, from, found)
        return { status: 200, body: found }
      } finally {
        checking = false
      }
    },
  }
}
