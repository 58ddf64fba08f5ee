import type { ListedCall } from '@toneout/contract/model/call-list.ts'
import type { CallQuery } from '@toneout/contract/operations/calls.ts'
import type { Refusal } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { refuseCursor } from '../lib/cursor.ts'
import type { Page } from '../lib/keyset-page.ts'
import { maskedCall, openCall } from './caller.ts'
import { readMore } from './listed-more.ts'
import { readCalls } from './search.ts'

/** A page of calls; `next` and `previous` are cursors, null at the ends. */
export async function listCalls(ctx: Context, query: CallQuery): Promise<Page<ListedCall> | Refusal> {
  const page = await readCalls(ctx, query)
  if (!page) return refuseCursor('this list and ordering')
  const ids = page.results.map((row) => row.id)
  const beside = query.more && ids.length > 0 ? await readMore(ctx, ids, query.search) : undefined
  const show = (row: (typeof page.results)[number]) => maskedCall(openCall(ctx.vault, row))
  return { ...page, results: page.results.map((row) => ({ ...show(row), ...beside?.get(row.id) })) }
}
