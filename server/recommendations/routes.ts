import { refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { DriveTimes } from '../lib/geo-drives.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { recommend } from './recommend.ts'

export function recommendationRoutes(ctx: Context, drives: DriveTimes): SomeHandlers<'readRecommendation'> {
  return {
    readRecommendation: async ({ params }) => {
      const body = await recommend(ctx, drives, params.id)
      return body ? { status: 200, body } : refuse('not_found', { detail: 'There is no such incident.' })
    },
  }
}
