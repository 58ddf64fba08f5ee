import type { Call, CallChange } from '@toneout/contract/model/call.ts'
import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Role } from '@toneout/contract/roles.ts'
import type { FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { sha256 } from '../lib/crypto.ts'
import { decodeCursor, encodeCursor } from '../lib/cursor.ts'
import type { Exchange, SomeHandlers } from '../lib/http/mount.ts'
import { shownCall } from './caller.ts'
import type { Intake } from './intake.ts'
import { listCalls } from './list-calls.ts'
import { findCall, readInteractions } from './reads.ts'

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

/** The address of another page of the same list, as the client sees this server. */
function pageUrl(ctx: Context, request: FastifyRequest, cursor: string): string {
  const url = new URL(request.url.replace(/^[^/]*\/\/[^/]*/, ''), 'http://localhost')
  url.searchParams.set('cursor', cursor)
  const path = url.pathname + url.search
  // Without a Host that makes sense, as HTTP/1.0 allows, the path alone is right too.
  const origin = ctx.config.publicUrl ?? URL.parse(`${request.protocol}://${request.host}`)?.origin ?? ''
  return origin + path
}

function readPosition(cursor: string | undefined): { sequence: number; id: number } | undefined {
  if (cursor === undefined) return { sequence: -1, id: -1 }
  const [sequence, id] = decodeCursor(cursor) ?? []
  return Number.isSafeInteger(sequence) && Number.isSafeInteger(id)
    ? { sequence: sequence as number, id: id as number }
    : undefined
}

/** What a command answered, as its caller may see it. */
function shown<A extends { status: number; body: Call }>(answer: A | Refusal, role: Role): A | Refusal {
  return isRefusal(answer) ? answer : { ...answer, body: shownCall(answer.body, role) }
}

export function callRoutes(ctx: Context, intake: Intake): SomeHandlers<Ids> {
  type Change = { params: { call_sid: string }; body: CallChange }
  const change = async ({ params, body }: Change, { caller }: Exchange) =>
    shown(
      await intake.submit({ kind: 'change', actor: caller.actor, call_sid: params.call_sid, body }),
      caller.role,
    )

  return {
    openCall: async ({ body }, { caller: { actor, role } }) => {
      const byAi = role === 'ai_dispatcher'
      return shown(await intake.submit({ kind: 'open', actor, call_sid: body.call_sid, body, byAi }), role)
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
    listCalls: async ({ query }, { request }) => {
      const list = await listCalls(ctx, query)
      if (isRefusal(list)) return list
      const url = (cursor: string | null) => (cursor === null ? null : pageUrl(ctx, request, cursor))
      return { status: 200, body: { ...list, next: url(list.next), previous: url(list.previous) } }
    },
    listInteractions: async ({ params, query }, { request, reply }) => {
      const call = await findCall(ctx, params.call_sid)
      if (!call) return noCall
      const after = readPosition(query.cursor)
      if (!after) return refuse('invalid', { fields: { cursor: ['Is not a cursor of this list.'] } })
      const { page, more } = await readInteractions(ctx.db, call.id, after, query.page_size)
      const last = page.at(-1)
      if (last && more) {
        const next = pageUrl(ctx, request, encodeCursor([last.sequence, last.id]))
        reply.header('link', `<${next}>; rel="next"`)
      }
      return { status: 200, body: page }
    },
  }
}
