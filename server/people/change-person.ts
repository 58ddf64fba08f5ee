import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Person, PersonChange } from '@toneout/contract/model/people.ts'
import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import { endSessions } from '../access/store.ts'
import type { Context } from '../context.ts'
import { type Connection, transaction } from '../lib/db.ts'
import { type Differences, differences, values } from '../lib/differences.ts'
import { type FactDraft, record } from '../timeline/record.ts'
import * as rules from './rules.ts'
import * as store from './store.ts'

/** Takes a paramedic out of the crew and off the list of those to be sent; gives what that changes. */
async function standDown(connection: Connection, id: number, at: string): Promise<Differences | Refusal> {
  const profile = await store.lockProfile(connection, 'paramedic', id)
  if (!profile) return {}
  const refusal = rules.refuseStandDown(await store.findLiveAssignment(connection, id))
  if (refusal) return refusal
  const changes = differences(profile, { available: false, unit_id: null })
  const isNew = Object.keys(changes).length > 0
  if (isNew) await store.updateProfile(connection, 'paramedic', id, { ...values(changes), updated_at: at })
  return changes
}

/** Changes what a person may do; nothing new is no change, no fact, and ends no session. */
export async function changePerson(
  ctx: Context,
  actor: Actor,
  person_id: number,
  body: PersonChange,
): Promise<Person | Refusal> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection) => {
    const { person: before, admins } = await store.lockPerson(connection, person_id)
    if (!before) return refuse('not_found')
    const after = rules.changedAccount(before, body)
    const changes = differences(before, after)
    if (Object.keys(changes).length === 0) return before
    const actorId = actor.kind === 'person' ? actor.id : null
    const refusal = rules.refuseHospital(after) ?? rules.refuseChange(before, after, { actorId, admins })
    if (refusal) return refusal
    const down = rules.stopsBeingSent(before, after) ? await standDown(connection, person_id, at) : {}
    if (isRefusal(down)) return down
    const to = changes.hospital_id?.to
    const held = typeof to === 'number' ? await store.holdHospital(connection, to) : true
    const fault = rules.hospitalFault(held)
    if (fault) return refuse('invalid', { fields: { hospital_id: [fault] } })
    const person = await store.updatePerson(connection, after)
    await endSessions(connection, person_id)
    const facts: FactDraft[] = [{ at, type: 'person_changed', actor, data: { person_id, changes } }]
    if (Object.keys(down).length > 0) {
      const data = { person_id, action: 'changed', changes: down }
      facts.push({ at, type: 'paramedic_changed', actor, data })
    }
    await record(connection, facts)
    return person
  })
}
