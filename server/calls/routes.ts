import type { CallChange } from '@toneout/contract/model/call.ts'
import { isRefusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { sha256 } from '../lib/crypto.ts'
import type { Exchange, SomeHandlers } from '../lib/http/mount.ts'
import { pageUrl, withPageUrls } from '../lib/http/page-urls.ts'
import { type Answer, refuseFilters, shownCall } from './caller.ts'
import type { Intake } from './intake.ts'
import { listCalls, listInteractions } from './lists.ts'
import { findCall } from './reads.ts'

type Ids =
  | 'openCall'
  | 'listCalls'
  | 'readCall'
  | 'putCall'
  | 'patchCall'
  | 'addInteraction'
  | 'listInteractions'
  | 'reviseInteraction'

const noCall = refuse('not_found', { detail: 'There is no call with this call_sid.' })

export function callRoutes(ctx: Context, intake: Intake, answer: Answer): SomeHandlers<Ids> {
  type Change = { params: { call_sid: string }; body: CallChange }
  const change = async ({ params, body }: Change, { caller }: Exchange) => {
    const { actor } = caller
    return answer(await intake.submit({ kind: 'change', actor, call_sid: params.call_sid, body }), caller)
  }

  return {
    openCall: async ({ body }, { caller }) => {
      const { actor, role } = caller
      const byAi = role === 'ai_dispatcher'
      return answer(await intake.submit({ kind: 'open', actor, call_sid: body.call_sid, body, byAi }), caller)
    },
    putCall: change,
    patchCall: change,
    addInteraction: async ({ params, headers, body }, { caller: { actor } }) => {
      const key = headers['idempotency-key']
      const once = key === undefined ? undefined : { key, hash: sha256(JSON.stringify(body)) }
      const { call_sid } = params
      return intake.submit({ kind: 'add', actor, call_sid, body, once })
    },
    reviseInteraction: async ({ params, body }, { caller: { actor } }) =>
      intake.submit({ kind: 'revise', actor, ...params, body }),
    readCall: async ({ params }, { caller }) => {
      const call = await findCall(ctx, params.call_sid)
      return call ? { status: 200, body: shownCall(call, caller.role) } : noCall
    },
    listCalls: async ({ query }, { caller, request }) => {
      const refusal = refuseFilters(caller.role, query)
      if (refusal) return refusal
      const list = await listCalls(ctx, query)
      if (isRefusal(list)) return list
      return { status: 200, body: withPageUrls(list, ctx.config, request) }
    },
    listInteractions: async ({ params, query }, { request, reply }) => {
      const call = await findCall(ctx, params.call_sid)
      if (!call) return noCall
      const list = await listInteractions(ctx, call.id, query)
      if (isRefusal(list)) return list
      const { page, next } = list
      if (next !== null) {
        reply.header('link', `<${pageUrl(ctx.config.publicUrl, request, next)}>; rel="next"`)
      }
      return { status: 200, body: page }
    },
  }
}
