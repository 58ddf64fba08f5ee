import type { Key } from '@toneout/contract/model/key.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'

type Lived = Pick<Key, 'revoked_at' | 'expires_at'>

/** Whether the key opens anything at that instant. */
export function isInUse({ revoked_at, expires_at }: Lived, at: string): boolean {
  return revoked_at === null && (expires_at === null || expires_at > at)
}

/** Why a key cannot end then; undefined when it can. To end one at once, it is revoked. */
export function refuseEnd(expires_at: string | null, at: string): Refusal | undefined {
  if (expires_at === null || expires_at > at) return undefined
  return refuse('invalid', { fields: { expires_at: ['Must be in the future.'] } })
}

const nameTaken = refuse('name_taken', {
  detail: 'Another key in use has this name.',
  fields: { name: ['Another key in use has this name.'] },
})

/**
 * Why the key cannot become that; undefined when it can. `before` is undefined for a new one; `taken` says
 * whether another key in use has the name. A name that is kept is not looked at, so that keys that were given
 * one name by an older version can be changed, but it is when a key comes back into use.
 */
export function refuseKey(
  before: Key | undefined,
  after: Pick<Key, 'name' | 'expires_at'>,
  { at, taken }: { at: string; taken: boolean },
): Refusal | undefined {
  if (before && before.revoked_at !== null) return refuse('key_revoked')
  const late = before?.expires_at === after.expires_at ? undefined : refuseEnd(after.expires_at, at)
  if (late) return late
  const isUsed = isInUse({ revoked_at: null, expires_at: after.expires_at }, at)
  const comes = isUsed && !(before && isInUse(before, at))
  const renamed = before?.name.toLowerCase() !== after.name.toLowerCase()
  return taken && (comes || renamed) ? nameTaken : undefined
}
