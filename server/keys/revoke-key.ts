import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Key } from '@toneout/contract/model/key.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import { tellChange } from '../access/store.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { endKey, lockKey } from './store.ts'

/** Ends a key on all processes; one that was revoked stays as it is. */
export async function revokeKey(ctx: Context, actor: Actor, key_id: number): Promise<Key | Refusal> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection) => {
    const before = await lockKey(connection, key_id)
    if (!before) return refuse('not_found')
    if (before.revoked_at !== null) return before
    const key = await endKey(connection, { id: key_id, at, by: actor.name })
    await tellChange(connection)
    const data = { key_id, name: key.name, role: key.role }
    await record(connection, [{ at, type: 'key_revoked', actor, data }])
    return key
  })
}
