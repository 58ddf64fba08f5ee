import { isRefusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { acknowledgeDuress } from './acknowledge-duress.ts'
import { clearDuress } from './clear-duress.ts'
import { raiseDuress } from './raise-duress.ts'
import { readAlarms } from './store.ts'

const noUnit = refuse('not_found', { detail: 'There is no unit with this id.' })
const noAlarm = refuse('not_found', { detail: 'No alarm stands for this unit.' })

/** Crews who call for help for themselves. */
export function duressRoutes(
  ctx: Context,
): SomeHandlers<'raiseDuress' | 'acknowledgeDuress' | 'clearDuress' | 'listDuress'> {
  return {
    raiseDuress: async ({ params, body }, { caller: { actor } }) => {
      const alarm = await raiseDuress(ctx, actor, params.id, body)
      return isRefusal(alarm) ? noUnit : { status: 200, body: alarm }
    },
    acknowledgeDuress: async ({ params }, { caller: { actor } }) => {
      const alarm = await acknowledgeDuress(ctx, actor, params.id)
      return isRefusal(alarm) ? noAlarm : { status: 200, body: alarm }
    },
    clearDuress: async ({ params, body }, { caller: { actor } }) => {
      const alarm = await clearDuress(ctx, actor, params.id, body.reason)
      return isRefusal(alarm) ? noAlarm : { status: 200, body: alarm }
    },
    listDuress: async () => ({ status: 200, body: { results: await readAlarms(ctx.db) } }),
  }
}
