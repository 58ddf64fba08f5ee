import type { ShownSettings } from '@toneout/contract/model/settings.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { changeSettings } from './change-settings.ts'
import { overDefaults } from './current-settings.ts'
import { readStored } from './store.ts'

export function settingRoutes(ctx: Context): SomeHandlers<'readSettings' | 'changeSettings'> {
  const show = async () => {
    const stored = await readStored(ctx.db.pool)
    const changed = stored.map(({ value: _, ...one }) => one)
    const shown = { ...overDefaults(ctx.config, stored), defaults: overDefaults(ctx.config, []), changed }
    return { status: 200 as const, body: shown as ShownSettings }
  }
  return {
    readSettings: show,
    changeSettings: async ({ body }, { caller: { actor } }) => {
      await changeSettings(ctx, actor, body)
      return show()
    },
  }
}
