import type { Actor } from '@toneout/contract/model/fact.ts'
import type { SettingsChange } from '@toneout/contract/model/settings.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { overDefaults } from './current-settings.ts'
import { decideChange } from './rules.ts'
import * as store from './store.ts'

/** Sets what the body names; this process works by it when the answer is given. */
export async function changeSettings(ctx: Context, actor: Actor, body: SettingsChange): Promise<void> {
  const at = ctx.now().toISOString()
  const by = actor.kind === 'person' ? actor.id : null
  await transaction(ctx.db, async (connection) => {
    await store.lockSettings(connection)
    const { after, changes } = decideChange(
      overDefaults(ctx.config, await store.readStored(connection)),
      body,
    )
    if (changes.length === 0) return
    for (const { name } of changes) {
      await store.writeSetting(connection, { name, value: after[name] }, at, by)
    }
    await store.tellChange(connection)
    const facts = changes.map((data) => ({ at, type: 'setting_changed', actor, data }) as const)
    await record(connection, facts)
  })
  await ctx.settings.refresh()
}
