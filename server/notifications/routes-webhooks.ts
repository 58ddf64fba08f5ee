import { isRefusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { changeWebhook } from './change-webhook.ts'
import { createWebhook } from './create-webhook.ts'
import { retireWebhook } from './retire-webhook.ts'
import { readWebhooks } from './store-webhooks.ts'
import { testWebhook } from './test-webhook.ts'

type Ids = 'listWebhooks' | 'createWebhook' | 'changeWebhook' | 'deleteWebhook' | 'testWebhook'

const noWebhook = refuse('not_found', { detail: 'There is no webhook with this id.' })

/** Programs of others that are told of events. */
export function webhookRoutes(ctx: Context): SomeHandlers<Ids> {
  return {
    listWebhooks: async () => ({ status: 200, body: { results: await readWebhooks(ctx.db.pool) } }),
    createWebhook: async ({ body }, { caller: { actor } }) => {
      const made = await createWebhook(ctx, actor, body)
      return isRefusal(made) ? made : { status: 201, body: made }
    },
    changeWebhook: async ({ params: { id }, body }, { caller: { actor } }) => {
      const changed = await changeWebhook(ctx, actor, id, body)
      return isRefusal(changed) ? changed : { status: 200, body: changed }
    },
    deleteWebhook: async ({ params: { id } }, { caller: { actor } }) =>
      (await retireWebhook(ctx, actor, id)) ? { status: 204, body: undefined } : noWebhook,
    testWebhook: async ({ params: { id } }, { caller: { actor } }) =>
      (await testWebhook(ctx, actor, id)) ? { status: 202, body: undefined } : noWebhook,
  }
}
