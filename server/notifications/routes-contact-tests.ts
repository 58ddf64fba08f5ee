import { isRefusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { replyPage } from '../lib/http/page-urls.ts'
import { readReport } from './contact-report.ts'
import { startContactTest } from './start-contact-test.ts'
import { findContactTest, readContactTests } from './store-contact-tests.ts'

type Ids = 'startContactTest' | 'listContactTests' | 'readContactTest'

const noTest = refuse('not_found', { detail: 'There is no contact test with this id.' })

/** Tests of how people are reached, and their reports. */
export function contactTestRoutes(ctx: Context): SomeHandlers<Ids> {
  const { pool } = ctx.db
  return {
    startContactTest: async (_, { caller: { actor } }) => {
      const id = await startContactTest(ctx, actor)
      if (isRefusal(id)) return id
      const made = await findContactTest(pool, id ?? -1)
      return made ? { status: 201, body: made } : noTest
    },
    listContactTests: async () => ({ status: 200, body: { results: await readContactTests(pool) } }),
    readContactTest: async ({ params: { id }, query }, { request }) => {
      const test = await findContactTest(pool, id)
      return test ? replyPage(await readReport(ctx.db, test, query), ctx.config, request) : noTest
    },
  }
}
