import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { replyPage } from '../lib/http/page-urls.ts'
import { readHandovers } from './reads.ts'
import { writeHandover } from './write-handover.ts'

/** What shifts leave for each other. */
export function handoverRoutes(ctx: Context): SomeHandlers<'listHandovers' | 'writeHandover'> {
  return {
    listHandovers: async ({ query }, { request }) => {
      const page = await readHandovers(ctx.db, query)
      return replyPage(page, ctx.config, request)
    },
    writeHandover: async ({ body }, { caller: { actor } }) => ({
      status: 201,
      body: await writeHandover(ctx, actor, body),
    }),
  }
}
