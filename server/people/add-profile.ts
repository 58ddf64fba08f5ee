import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import { tellChange } from '../access/store.ts'
import type { Context } from '../context.ts'
import { type Connection, transaction } from '../lib/db.ts'
import { differences } from '../lib/differences.ts'
import { record } from '../timeline/record.ts'
import { findProfile, type Shown } from './reads.ts'
import { type Creation, type Kind, profileFault, toldChanges, unitFault } from './rules.ts'
import { holdPerson, holdUnit, insertProfile, takenBy } from './store.ts'

/** Holds what the profile refers to; all that speaks against it, by field. Units are locked before people. */
async function findFaults(connection: Connection, kind: Kind, body: Creation[Kind]) {
  const unit_id = 'unit_id' in body ? body.unit_id : null
  const unit = unit_id === null ? undefined : unitFault(await holdUnit(connection, unit_id))
  const person = profileFault(kind, await holdPerson(connection, body.person_id))
  return { ...(person ? { person_id: [person] } : {}), ...(unit ? { unit_id: [unit] } : {}) }
}

/** Gives a person the profile of a paramedic or of a dispatcher. */
export async function addProfile<K extends Kind>(
  ctx: Context,
  actor: Actor,
  kind: K,
  body: Creation[K],
): Promise<Shown[K] | Refusal> {
  const now = ctx.now()
  const at = now.toISOString()
  const { person_id, emergency_contact, ...row } = body
  const work = transaction(ctx.db, async (connection) => {
    const fields = await findFaults(connection, kind, body)
    if (Object.keys(fields).length > 0) return refuse('invalid', { fields })
    await insertProfile(connection, kind, { ...body, updated_at: at })
    const profile = (await findProfile(connection, kind, person_id, now)) as Shown[K]
    if (kind === 'dispatcher') await tellChange(connection)
    const given = emergency_contact === '' ? row : { ...row, emergency_contact }
    const data = { person_id, action: 'created', changes: toldChanges(differences({}, given)) }
    await record(connection, [{ at, type: `${kind}_changed`, actor, data }])
    return profile
  })
  return work.catch((error: unknown) => {
    const taken = takenBy(error)
    if (taken) return refuse(taken)
    throw error
  })
}
