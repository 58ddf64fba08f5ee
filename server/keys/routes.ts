import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { replyPage } from '../lib/http/page-urls.ts'
import { addKey } from './add-key.ts'
import { changeKey } from './change-key.ts'
import { findKey, readKeys } from './reads.ts'
import { revokeKey } from './revoke-key.ts'

type Ids = 'listKeys' | 'addKey' | 'readKey' | 'patchKey' | 'revokeKey'

const noKey = refuse('not_found', { detail: 'There is no key with this id.' })

/** A command's answer as a reply: the row it gives, or its refusal. */
function answer<S extends 200 | 201, T extends object>(status: S, given: T | Refusal) {
  if (!isRefusal(given)) return { status, body: given }
  return given.refused === 'not_found' ? noKey : given
}

/** Credentials of programs, kept by admins. */
export function keyRoutes(ctx: Context): SomeHandlers<Ids> {
  return {
    listKeys: async ({ query }, { request }) => {
      const page = await readKeys(ctx.db, query)
      return replyPage(page, ctx.config, request)
    },
    addKey: async ({ body }, { caller: { actor } }) => answer(201, await addKey(ctx, actor, body)),
    readKey: async ({ params: { id } }) => answer(200, (await findKey(ctx.db, id)) ?? noKey),
    patchKey: async ({ params: { id }, body }, { caller: { actor } }) =>
      answer(200, await changeKey(ctx, actor, id, body)),
    revokeKey: async ({ params: { id } }, { caller: { actor } }) =>
      answer(200, await revokeKey(ctx, actor, id)),
  }
}
