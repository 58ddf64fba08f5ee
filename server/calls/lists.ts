import type { Call } from '@toneout/contract/model/call.ts'
import type { Interaction } from '@toneout/contract/model/interaction.ts'
import type { CallQuery } from '@toneout/contract/operations/calls.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor } from '../lib/cursor.ts'
import type { Page } from '../lib/keyset-page.ts'
import { maskedCall, openCall } from './caller.ts'
import { readInteractions } from './reads.ts'
import { readCalls } from './search.ts'

/** A page of calls; `next` and `previous` are cursors, null at the ends. */
export async function listCalls(ctx: Context, query: CallQuery): Promise<Page<Call> | Refusal> {
  const page = await readCalls(ctx, query)
  if (!page) return refuse('invalid', { fields: { cursor: ['Is not a cursor of this list and ordering.'] } })
  return { ...page, results: page.results.map((row) => maskedCall(openCall(ctx.vault, row))) }
}

function readPosition(cursor: string | undefined): { sequence: number; id: number } | undefined {
  if (cursor === undefined) return { sequence: -1, id: -1 }
  const [sequence, id] = decodeCursor(cursor) ?? []
  return Number.isSafeInteger(sequence) && Number.isSafeInteger(id)
    ? { sequence: sequence as number, id: id as number }
    : undefined
}

/** A page of a call's utterances in order; `next` is the cursor of the page after it, null at the end. */
export async function listInteractions(
  ctx: Context,
  callId: number,
  { cursor, page_size }: { cursor?: string; page_size: number },
): Promise<{ page: Interaction[]; next: string | null } | Refusal> {
  const after = readPosition(cursor)
  if (!after) return refuse('invalid', { fields: { cursor: ['Is not a cursor of this list.'] } })
  const { page, more } = await readInteractions(ctx.db, callId, after, page_size)
  const last = page.at(-1)
  return { page, next: last && more ? encodeCursor([last.sequence, last.id]) : null }
}
