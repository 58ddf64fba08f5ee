import type { Call } from '@toneout/contract/model/call.ts'
import { isRefusal, noCall } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { Exchange, SomeHandlers } from '../lib/http/mount.ts'
import { pageUrl, withPageUrls } from '../lib/http/page-urls.ts'
import { refuseFilters } from './caller.ts'
import { listCalls } from './lists.ts'
import type { NoteNumberSearch } from './note-number-search.ts'
import { findCall, listInteractions } from './reads.ts'
import type { Show } from './who-wrote.ts'

export type ListIds = 'readCall' | 'listCalls' | 'listInteractions'

/** Notes that somebody reads what was said in a call, before it is shown. */
export type NoteReading = (actor: Exchange['caller']['actor'], call: Call) => Promise<void>

/** What calls there are, and what was said in them. */
export function listRoutes(
  ctx: Context,
  show: Show,
  { noteNumberSearch, noteReading }: { noteNumberSearch: NoteNumberSearch; noteReading: NoteReading },
): SomeHandlers<ListIds> {
  return {
    readCall: async ({ params }, { caller }) => {
      const call = await findCall(ctx, params.call_sid)
      return call ? { status: 200, body: await show(call, caller) } : noCall
    },
    listCalls: async ({ query }, { caller, request }) => {
      const refusal = refuseFilters(caller.role, query) ?? (await noteNumberSearch(caller, query))
      if (refusal) return refusal
      const list = await listCalls(ctx, query)
      if (isRefusal(list)) return list
      return { status: 200, body: withPageUrls(list, ctx.config, request) }
    },
    listInteractions: async ({ params, query }, { caller, request, reply }) => {
      const call = await findCall(ctx, params.call_sid)
      if (!call) return noCall
      const list = await listInteractions(ctx, call.id, query)
      if (isRefusal(list)) return list
      const { page, next } = list
      if (page.length > 0) await noteReading(caller.actor, call)
      if (next !== null) {
        reply.header('link', `<${pageUrl(ctx.config.publicUrl, request, next)}>; rel="next"`)
      }
      return { status: 200, body: page }
    },
  }
}
