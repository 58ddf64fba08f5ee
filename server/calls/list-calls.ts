import type { Call } from '@toneout/contract/model/call.ts'
import type { CallQuery } from '@toneout/contract/operations/calls.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { maskedCall, openCall } from './caller.ts'
import { countCalls, makeCursor, type PageStart, readCursor, readPage } from './search.ts'

export type CallList = {
  count: number
  count_exact: boolean
  next: string | null
  previous: string | null
  results: Call[]
}

/** A page of calls; `next` and `previous` are cursors, null at the ends. */
export async function listCalls(ctx: Context, query: CallQuery): Promise<CallList | Refusal> {
  const start = query.cursor === undefined ? undefined : readCursor(query.ordering, query.cursor)
  if (query.cursor !== undefined && start === undefined) {
    return refuse('invalid', { fields: { cursor: ['Is not a cursor of this list and ordering.'] } })
  }
  const [page, counted] = await Promise.all([readPage(ctx, query, start), countCalls(ctx, query)])
  const at = (row: (typeof page.rows)[number] | undefined, backward: boolean): string | null => {
    if (!row) return null
    const position: PageStart = { key: row.sort_key, id: row.id, backward }
    return makeCursor(query.ordering, position)
  }
  const backward = start?.backward ?? false
  const hasNext = backward ? true : page.more
  const hasPrevious = backward ? page.more : start !== undefined
  return {
    count: counted.count,
    count_exact: counted.exact,
    next: hasNext ? at(page.rows.at(-1), false) : null,
    previous: hasPrevious ? at(page.rows[0], true) : null,
    results: page.rows.map((row) => maskedCall(openCall(ctx.vault, row))),
  }
}
