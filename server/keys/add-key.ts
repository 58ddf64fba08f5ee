import type { Actor } from '@toneout/contract/model/fact.ts'
import type { KeyCreation, NewKey } from '@toneout/contract/model/key.ts'
import type { Refusal } from '@toneout/contract/refusals.ts'
import { tellChange } from '../access/store.ts'
import type { Context } from '../context.ts'
import { randomToken, sha256 } from '../lib/crypto.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { refuseKey } from './rules.ts'
import { insertKey, isNameTaken, lockNames } from './store.ts'

/** Makes a key and gives it, which nobody can do again: only its hash is kept. */
export async function addKey(
  ctx: Pick<Context, 'db' | 'now'>,
  actor: Actor,
  body: KeyCreation,
): Promise<NewKey | Refusal> {
  const at = ctx.now().toISOString()
  const key = `tone_${randomToken()}`
  return transaction(ctx.db, async (connection) => {
    await lockNames(connection)
    const taken = await isNameTaken(connection, { name: body.name, at, otherThan: null })
    const refusal = refuseKey(undefined, body, { at, taken })
    if (refusal) return refusal
    const created_by = actor.kind === 'system' ? null : actor.name
    const row = await insertKey(connection, { ...body, created_at: at, created_by, hash: sha256(key) })
    // Some process may remember that there is no such key, unlikely as it is for a new one.
    await tellChange(connection)
    await record(connection, [{ at, type: 'key_made', actor, data: { key_id: row.id, ...body } }])
    return { ...row, key }
  })
}
