import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import { tellChange } from '../access/store.ts'
import type { Context } from '../context.ts'
import { type Connection, transaction } from '../lib/db.ts'
import { type Differences, differences, values } from '../lib/differences.ts'
import { record } from '../timeline/record.ts'
import { findProfile, type Shown } from './reads.ts'
import { type Change, type Kind, profileFault, refuseDuty, toldChanges, unitFault } from './rules.ts'
import { findLiveAssignment, holdPerson, holdUnit, lockProfile, takenBy, updateProfile } from './store.ts'

/** What becomes another, or why it may not. Units are locked before people, as a dispatch does. */
async function decide(
  connection: Connection,
  kind: Kind,
  id: number,
  body: Change[Kind],
): Promise<{ changes: Differences } | Refusal> {
  const wanted = 'unit_id' in body ? body.unit_id : undefined
  const unit = typeof wanted === 'number' ? unitFault(await holdUnit(connection, wanted)) : undefined
  const person = await holdPerson(connection, id)
  const before = await lockProfile(connection, kind, id)
  if (!before) return refuse('not_found')
  const changes = differences(before, body)
  if (kind === 'dispatcher') return { changes }
  const duty = { available: changes.available?.to, unit_id: changes.unit_id?.to }
  const refusal = refuseDuty(duty, await findLiveAssignment(connection, id), profileFault(kind, person))
  if (refusal) return refusal
  return unit && changes.unit_id ? refuse('invalid', { fields: { unit_id: [unit] } }) : { changes }
}

/** Changes a profile; nothing new is no change and no fact. */
export async function changeProfile<K extends Kind>(
  ctx: Context,
  actor: Actor,
  kind: K,
  { id, body }: { id: number; body: Change[K] },
): Promise<Shown[K] | Refusal> {
  const now = ctx.now()
  const at = now.toISOString()
  const work = transaction(ctx.db, async (connection) => {
    const decided = await decide(connection, kind, id, body)
    if ('refused' in decided) return decided
    const { changes } = decided
    const isNew = Object.keys(changes).length > 0
    if (isNew) await updateProfile(connection, kind, id, { ...values(changes), updated_at: at })
    const profile = (await findProfile(connection, kind, id, now)) as Shown[K]
    // What is remembered of callers holds a dispatcher's name.
    if (kind === 'dispatcher' && changes.full_name) await tellChange(connection)
    const data = { person_id: id, action: 'changed', changes: toldChanges(changes) }
    if (isNew) await record(connection, [{ at, type: `${kind}_changed`, actor, data }])
    return profile
  })
  return work.catch((error: unknown) => {
    const taken = takenBy(error)
    if (taken) return refuse(taken)
    throw error
  })
}
