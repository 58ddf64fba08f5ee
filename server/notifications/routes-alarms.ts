import { alarmWords } from '@toneout/contract/model/alarm.ts'
import { refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { acknowledgeAlarm } from './acknowledge-alarm.ts'
import { readAlarms } from './reads.ts'

/** What somebody at a desk must act on. */
export function alarmRoutes(ctx: Context): SomeHandlers<'listAlarms' | 'acknowledgeAlarm'> {
  return {
    listAlarms: async ({ query }) => {
      const rows = await readAlarms(ctx.db.pool, query.all ?? false)
      return { status: 200, body: { results: rows.map((one) => ({ ...one, words: alarmWords[one.kind] })) } }
    },
    acknowledgeAlarm: async ({ params: { id } }, { caller: { actor } }) =>
      (await acknowledgeAlarm(ctx, actor, id))
        ? { status: 204, body: undefined }
        : refuse('not_found', { detail: 'There is no alarm with this id.' }),
  }
}
