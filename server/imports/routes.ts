import { refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { replyPage } from '../lib/http/page-urls.ts'
import { isImport, readImports, readQuarantine } from './reads.ts'

export function importRoutes(ctx: Context): SomeHandlers<'listImports' | 'listQuarantine'> {
  return {
    listImports: async ({ query }, { request }) => {
      const page = await readImports(ctx.db, query)
      return replyPage(page, ctx.config, request)
    },
    listQuarantine: async ({ params, query }, { request }) => {
      if (!(await isImport(ctx.db, params.id))) return refuse('not_found')
      const page = await readQuarantine(ctx.db, params.id, query)
      return replyPage(page, ctx.config, request)
    },
  }
}
