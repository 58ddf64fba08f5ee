import type { Actor } from '@toneout/contract/model/fact.ts'
import type { PersonChannel } from '@toneout/contract/model/message.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { toRecipient } from './following.ts'
import { readPeople } from './store-recipients.ts'

/** Asks for a test to oneself by a channel. */
export async function testChannel(
  ctx: Context,
  actor: Actor,
  channel: PersonChannel,
  ready: ReadonlySet<PersonChannel>,
): Promise<Refusal | undefined> {
  if (!ready.has(channel)) return refuse('channel_not_ready')
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection) => {
    const nobody = { units: [], assignments: [], hospitals: [], roles: [] }
    const people = actor.kind === 'person' && actor.id !== null ? [actor.id] : []
    const [found] = await readPeople(connection, { ...nobody, people }, at)
    if (!found || !toRecipient(found, ready).reaches.includes(channel)) return refuse('no_address')
    const data = { channel, person_id: found.id }
    await record(connection, [{ at, type: 'channel_tested', actor, data }])
    return undefined
  })
}
