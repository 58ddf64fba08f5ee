import { refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { withPageUrls } from '../lib/http/page-urls.ts'
import { readHandovers } from './reads.ts'
import { writeHandover } from './write-handover.ts'

const badCursor = refuse('invalid', { fields: { cursor: ['Is not a cursor of this list.'] } })

/** What shifts leave for each other. */
export function handoverRoutes(ctx: Context): SomeHandlers<'listHandovers' | 'writeHandover'> {
  return {
    listHandovers: async ({ query }, { request }) => {
      const page = await readHandovers(ctx.db, query)
      return page ? { status: 200, body: withPageUrls(page, ctx.config, request) } : badCursor
    },
    writeHandover: async ({ body }, { caller: { actor } }) => ({
      status: 201,
      body: await writeHandover(ctx, actor, body),
    }),
  }
}
