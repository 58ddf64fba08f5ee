import type { Context } from '../context.ts'
import type { Caller } from '../lib/http/mount.ts'
import { ownLimits } from '../lib/limits.ts'
import { findKey, type KeyHolder, noteUse } from './store.ts'

/** Nobody waits for it; a use that could not be noted is noted when the key is looked up next. */
function noteUseBeside(ctx: Context, { id, expires_at }: KeyHolder): void {
  const at = ctx.now().toISOString()
  if (expires_at !== null && expires_at <= at) return
  noteUse(ctx.db, id, at).catch((error: { code?: string }) => {
    ctx.log.warn({ code: error.code }, 'the use of a key could not be noted')
  })
}

/** The program that a key stands for, and until when; undefined when there is no such key in use. */
export async function keyCaller(
  ctx: Context,
  hash: string,
): Promise<(Caller & { until: string | null }) | undefined> {
  const found = await findKey(ctx.db, hash)
  if (!found) return undefined
  noteUseBeside(ctx, found)
  const { id, name, role, expires_at: until } = found
  return { actor: { kind: 'key', id, name }, role, via: 'key', limits: ownLimits(found), until }
}
