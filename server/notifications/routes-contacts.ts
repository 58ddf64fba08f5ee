import type { PersonChannel } from '@toneout/contract/model/message.ts'
import { refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { changeContact, shownContact } from './change-contact.ts'
import { findContact } from './store-recipients.ts'
import { testChannel } from './test-channel.ts'

const noPerson = refuse('not_found', { detail: 'There is no person with this id.' })

/** How people are reached; `ready` are the channels that are set up. */
export function contactRoutes(
  ctx: Context,
  ready: ReadonlySet<PersonChannel>,
): SomeHandlers<'testChannel' | 'readContact' | 'changeContact'> {
  return {
    testChannel: async ({ body: { channel } }, { caller: { actor } }) =>
      (await testChannel(ctx, actor, channel, ready)) ?? { status: 202, body: undefined },
    readContact: async ({ params: { id } }) => {
      const found = await findContact(ctx.db.pool, id)
      return found ? { status: 200, body: shownContact(ctx, found) } : noPerson
    },
    changeContact: async ({ params: { id }, body }, { caller: { actor } }) => {
      const changed = await changeContact(ctx, actor, id, body)
      return changed ? { status: 200, body: changed } : noPerson
    },
  }
}
