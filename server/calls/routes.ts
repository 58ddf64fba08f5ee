import type { CallChange } from '@toneout/contract/model/call.ts'
import type { Context } from '../context.ts'
import { sha256 } from '../lib/crypto.ts'
import type { Exchange, SomeHandlers } from '../lib/http/mount.ts'
import { createAnswer } from './caller.ts'
import type { Intake } from './intake.ts'
import type { NoteNumberSearch } from './note-number-search.ts'
import { wereUnitsSent } from './reads.ts'
import { type ListIds, listRoutes, type NoteReading } from './routes-lists.ts'
import { createShow } from './who-wrote.ts'

type Ids = 'openCall' | 'putCall' | 'patchCall' | 'addInteraction' | 'reviseInteraction' | 'takeOverCall'

type Parts = {
  intake: Intake
  follow: Parameters<typeof createAnswer>[0]
  noteNumberSearch: NoteNumberSearch
  noteReading: NoteReading
}

export function callRoutes(ctx: Context, { intake, follow, ...notes }: Parts): SomeHandlers<Ids | ListIds> {
  const show = createShow(ctx)
  const answer = createAnswer(follow, show, (id) => wereUnitsSent(ctx.db, id))
  type Change = { params: { call_sid: string }; body: CallChange }
  const change = async ({ params, body }: Change, { caller }: Exchange) => {
    const { actor } = caller
    return answer(await intake.submit({ kind: 'change', actor, call_sid: params.call_sid, body }), caller)
  }

  return {
    ...listRoutes(ctx, show, notes),
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
    takeOverCall: async ({ params }, { caller }) =>
      answer(
        await intake.submit({ kind: 'take over', actor: caller.actor, call_sid: params.call_sid }),
        caller,
      ),
  }
}
