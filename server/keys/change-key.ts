import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Key, KeyChange } from '@toneout/contract/model/key.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import { tellChange } from '../access/store.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { differences, values } from '../lib/differences.ts'
import { record } from '../timeline/record.ts'
import { refuseKey } from './rules.ts'
import { isNameTaken, lockKey, lockNames, updateKey } from './store.ts'

/** Changes what is said of a key; nothing new is no change and no fact. */
export async function changeKey(
  ctx: Context,
  actor: Actor,
  key_id: number,
  body: KeyChange,
): Promise<Key | Refusal> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection) => {
    await lockNames(connection)
    const before = await lockKey(connection, key_id)
    if (!before) return refuse('not_found')
    const changes = differences(before, body)
    const after: Key = { ...before, ...values(changes) }
    const taken = await isNameTaken(connection, { name: after.name, at, otherThan: key_id })
    const refusal = refuseKey(before, after, { at, taken })
    if (refusal) return refusal
    if (Object.keys(changes).length === 0) return before
    const key = await updateKey(connection, after)
    await tellChange(connection)
    await record(connection, [{ at, type: 'key_changed', actor, data: { key_id, changes } }])
    return key
  })
}
