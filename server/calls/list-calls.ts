import type { Call } from '@toneout/contract/model/call.ts'
import type { CallQuery } from '@toneout/contract/operations/calls.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { Page } from '../lib/keyset-page.ts'
import { maskedCall, openCall } from './caller.ts'
import { readCalls } from './search.ts'

/** A page of calls; `next` and `previous` are cursors, null at the ends. */
export async function listCalls(ctx: Context, query: CallQuery): Promise<Page<Call> | Refusal> {
  const page = await readCalls(ctx, query)
  if (!page) return refuse('invalid', { fields: { cursor: ['Is not a cursor of this list and ordering.'] } })
  return { ...page, results: page.results.map((row) => maskedCall(openCall(ctx.vault, row))) }
}
