import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { findPlace, type Kind, type Shown } from './reads.ts'
import { refuseRetirement } from './rules.ts'
import { countUsers, lockPlace, updatePlace } from './store.ts'

/** Takes a place that nobody uses out of use, or into use again; one that is so already stays as it is. */
export async function retirePlace<K extends Kind>(
  ctx: Context,
  actor: Actor,
  kind: K,
  { id, retired }: { id: number; retired: boolean },
): Promise<Shown[K] | Refusal> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection) => {
    const before = await lockPlace(connection, kind, id, true)
    if (!before) return refuse('not_found')
    const from = before.retired_at
    const to = retired ? at : null
    if ((from !== null) === retired) return (await findPlace(connection, kind, id)) as Shown[K]
    const refusal = retired ? refuseRetirement(kind, await countUsers(connection, kind, id)) : undefined
    if (refusal) return refusal
    await updatePlace(connection, kind, id, { retired_at: to, updated_at: at })
    const place = (await findPlace(connection, kind, id)) as Shown[K]
    const action = retired ? 'retired' : 'restored'
    const data = { [`${kind}_id`]: id, action, changes: { retired_at: { from, to } } }
    await record(connection, [{ at, type: `${kind}_changed`, actor, data }])
    return place
  })
}
