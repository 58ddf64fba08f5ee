import { intervalsOfAssignment } from '@toneout/contract/model/intervals.ts'
import { refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { replyPage } from '../lib/http/page-urls.ts'
import { findAssignment, findOwnAssignment, readAssignments } from './reads.ts'

export type ReadIds = 'listAssignments' | 'readAssignment' | 'readOwnAssignment'

/** What assignments there are. */
export function assignmentRoutes(ctx: Context): SomeHandlers<ReadIds> {
  return {
    listAssignments: async ({ query }, { request }) => {
      const page = await readAssignments(ctx.db, query)
      return replyPage(page, ctx.config, request, 'this list and ordering')
    },
    readAssignment: async ({ params }) => {
      const one = await findAssignment(ctx.db, params.id)
      if (!one) return refuse('not_found', { detail: 'There is no such assignment.' })
      return { status: 200, body: { ...one, intervals: intervalsOfAssignment(one) } }
    },
    readOwnAssignment: async (_, { caller: { actor } }) => {
      const own = actor.id === null ? undefined : await findOwnAssignment(ctx.db, actor.id)
      return { status: 200, body: { assignment: own ?? null } }
    },
  }
}
