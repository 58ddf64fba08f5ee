import type { Actor } from '@toneout/contract/model/fact.ts'
import type { KeptPush, PushSubscription } from '@toneout/contract/model/push.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { sealPush } from './contact-seal.ts'
import { refuseUrl } from './rules-webhook.ts'
import * as store from './store-push.ts'

const needsSession = 'Sign in at the page of the crew: what asks by a token has no session to end with.'

/** Tells a phone from now on, until the session ends that it is signed in with. */
export async function addPushSubscription(
  ctx: Pick<Context, 'db' | 'now' | 'vault' | 'config'>,
  actor: Actor & { id: number },
  session: string | undefined,
  subscription: PushSubscription,
): Promise<KeptPush | Refusal> {
  const fault = refuseUrl(subscription.endpoint, ctx.config.channels.pushHosts ?? [], 'PUSH_HOSTS')
  if (fault) return refuse('invalid', { fields: { endpoint: [fault] } })
  if (session === undefined) return refuse('channel_not_ready', { detail: needsSession })
  const created_at = ctx.now().toISOString()
  const endpoint_index = ctx.vault.index(subscription.endpoint)
  return transaction(ctx.db, async (connection) => {
    const id = await store.takePushId(connection)
    const sealed = sealPush(ctx.vault, id, JSON.stringify(subscription))
    const one = { id, person_id: actor.id, session, endpoint_index, subscription: sealed, created_at }
    if (!(await store.writePush(connection, one))) return refuse('not_authenticated')
    const data = { person_id: actor.id, fields: ['push'] }
    await record(connection, [{ at: created_at, type: 'contact_changed', actor, data }])
    return { id, created_at }
  })
}
