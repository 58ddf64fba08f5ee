import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { differences, values } from '../lib/differences.ts'
import { record } from '../timeline/record.ts'
import { findPlace, type Kind, type Shown } from './reads.ts'
import { type Change, refuseBeds } from './rules.ts'
import { isNameTaken, lockPlace, updatePlace } from './store.ts'

/** Changes a hospital or a station; nothing new is no change and no fact. */
export async function changePlace<K extends Kind>(
  ctx: Context,
  actor: Actor,
  kind: K,
  { id, body }: { id: number; body: Change[K] },
): Promise<Shown[K] | Refusal> {
  const at = ctx.now().toISOString()
  const work = transaction(ctx.db, async (connection) => {
    const before = await lockPlace(connection, kind, id, false)
    if (!before) return refuse('not_found')
    const refusal = 'total_beds' in before ? refuseBeds(before, body as Change['hospital']) : undefined
    if (refusal) return refusal
    const changes = differences(before, body)
    const isNew = Object.keys(changes).length > 0
    const since = 'diversion' in changes && { diversion_since: at }
    if (isNew) await updatePlace(connection, kind, id, { ...values(changes), ...since, updated_at: at })
    const place = (await findPlace(connection, kind, id)) as Shown[K]
    const data = { [`${kind}_id`]: id, action: 'changed', changes }
    if (isNew) await record(connection, [{ at, type: `${kind}_changed`, actor, data }])
    return place
  })
  return work.catch((error: unknown) => {
    if (isNameTaken(error)) return refuse('name_taken')
    throw error
  })
}
