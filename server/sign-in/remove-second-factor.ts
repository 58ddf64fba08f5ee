import type { Actor } from '@toneout/contract/model/fact.ts'
import { tellChange } from '../access/store.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { deleteFactor } from './store.ts'

/** Takes the own authenticator app away, after password and code were right. */
export async function removeSecondFactor(ctx: Context, actor: Actor): Promise<void> {
  await transaction(ctx.db, async (connection) => {
    if (!(await deleteFactor(connection, Number(actor.id)))) return
    await tellChange(connection)
    const at = ctx.now().toISOString()
    await record(connection, [{ at, type: 'second_factor_removed', actor, data: {} }])
  })
}
