import { isRefusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { Exchange, SomeHandlers } from '../lib/http/mount.ts'
import { addPushSubscription } from './add-push-subscription.ts'
import type { PushKeys } from './push-keys.ts'
import { deleteOwnPush } from './store-push.ts'

type Ids = 'readPushKey' | 'addPushSubscription' | 'deletePushSubscription'
type Parts = {
  /** undefined while the server has nothing to name itself by. */
  keys: (() => Promise<PushKeys>) | undefined
  /** What the session that asks is known by; undefined when a token asks. */
  sessionOf: (exchange: Exchange) => string | undefined
}

/** Phones that are told of messages while their page is closed. */
export function pushRoutes(ctx: Context, { keys, sessionOf }: Parts): SomeHandlers<Ids> {
  return {
    readPushKey: async () =>
      keys ? { status: 200, body: { public_key: (await keys()).publicKey } } : refuse('channel_not_ready'),
    addPushSubscription: async ({ body }, exchange) => {
      if (!keys) return refuse('channel_not_ready')
      const { actor } = exchange.caller
      const made = await addPushSubscription(ctx, { ...actor, id: actor.id ?? -1 }, sessionOf(exchange), body)
      return isRefusal(made) ? made : { status: 201, body: made }
    },
    deletePushSubscription: async ({ params: { id } }, { caller: { actor } }) =>
      (await deleteOwnPush(ctx.db.pool, id, actor.id ?? -1))
        ? { status: 204, body: undefined }
        : refuse('not_found', { detail: 'There is no such subscription of yours.' }),
  }
}
