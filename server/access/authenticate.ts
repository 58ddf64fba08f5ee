import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { sha256 } from '../lib/crypto.ts'
import type { Authenticate, Caller, Exchange } from '../lib/http/mount.ts'
import { remember } from '../lib/remember.ts'
import { sessionCookie } from './cookie.ts'
import { keyCaller } from './key-holder.ts'
import { isAttended, isOwnPage, readCredential } from './rules.ts'
import { createSignedIn } from './signed-in.ts'
import type { Tokens } from './tokens.ts'

/**
 * Credentials are answered from memory: a look-up a request costs 40 % of the throughput.
 */
const kept = { limit: 10_000, ttlMs: 30_000, now: () => Date.now() }

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether the request comes from a page that is not ours: ours is at the public URL, or where the request was
 * sent.
 */
export function isForeign(ctx: Context, request: Exchange['request']): boolean {
  const own = ctx.config.publicUrl ?? `${request.protocol}://${request.host}`
  return !isOwnPage(request.headers, [own])
}

/** Knows callers by key, token or session; `forget` is called when any credential changes, on any process. */
export function createAuthenticator(
  ctx: Context,
  tokens: Tokens,
): { authenticate: Authenticate; forget: () => void } {
  const wrong = refuse('not_authenticated')
  const signedIn = createSignedIn(ctx, tokens)
  const now = () => ctx.now().toISOString()

  const keys = remember((hash: string) => keyCaller(ctx, hash), kept)

  const live = <T extends { until: string | null }>(found: T | undefined): T | Refusal =>
    found && (found.until === null || found.until > now()) ? found : wrong

  async function bySession(request: Exchange['request'], token: string): Promise<Caller | Refusal> {
    const found = await signedIn.bySession(sha256(token), isAttended(request.headers))
    const foreign = !safe.has(request.method) && isForeign(ctx, request)
    return foreign ? refuse('forbidden', { detail: 'This request did not come from a page of ours.' }) : found
  }

  const cookie = sessionCookie(ctx)
  return {
    authenticate(request) {
      const credential = readCredential(request.headers)
      if (credential?.kind === 'jwt') return signedIn.byToken(credential.value)
      if (credential) {
        const found = keys.get(sha256(credential.value))
        return found instanceof Promise ? found.then(live) : live(found)
      }
      const token = cookie.read(request)
      return token ? bySession(request, token) : undefined
    },
    forget() {
      keys.forget()
      signedIn.forget()
    },
  }
}
