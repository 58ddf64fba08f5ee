import type { Actor } from '@toneout/contract/model/fact.ts'
import type { HospitalCreation } from '@toneout/contract/model/hospital.ts'
import type { StationCreation } from '@toneout/contract/model/station.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { differences } from '../lib/differences.ts'
import { record } from '../timeline/record.ts'
import { findPlace, type Kind, type Shown } from './reads.ts'
import { insertPlace, isNameTaken } from './store.ts'

type Creation = { hospital: HospitalCreation; station: StationCreation }

/** Adds a hospital or a station. */
export async function createPlace<K extends Kind>(
  ctx: Context,
  actor: Actor,
  kind: K,
  body: Creation[K],
): Promise<Shown[K] | Refusal> {
  const at = ctx.now().toISOString()
  const work = transaction(ctx.db, async (connection) => {
    const id = await insertPlace(connection, kind, { ...body, updated_at: at })
    const place = (await findPlace(connection, kind, id)) as Shown[K]
    const data = { [`${kind}_id`]: id, action: 'created', changes: differences({}, body) }
    await record(connection, [{ at, type: `${kind}_changed`, actor, data }])
    return place
  })
  return work.catch((error: unknown) => {
    if (isNameTaken(error)) return refuse('name_taken')
    throw error
  })
}
