import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { sha256 } from '../lib/crypto.ts'
import type { Authenticate, Caller, Exchange } from '../lib/http/mount.ts'
import { remember } from '../lib/remember.ts'
import { sessionCookie } from './cookie.ts'
import { isOwnPage, readCredential } from './rules.ts'
import * as store from './store.ts'
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

function caller(actor: Actor, rest: Omit<Caller, 'actor'>): Caller {
  return { actor, ...rest }
}

/** Knows callers by key, token or session; `forget` is called when any credential changes, on any process. */
export function createAuthenticator(
  ctx: Context,
  tokens: Tokens,
): { authenticate: Authenticate; forget: () => void } {
  const wrong = refuse('not_authenticated')
  const now = () => ctx.now().toISOString()

  const keys = remember(async (hash: string): Promise<(Caller & { until: string | null }) | undefined> => {
    const found = await store.findKey(ctx.db, hash)
    if (!found) return undefined
    const actor: Actor = { kind: 'key', id: found.id, name: found.name }
    const limitPerMinute = found.rate_limit_per_minute ?? undefined
    return { ...caller(actor, { role: found.role, via: 'key', limitPerMinute }), until: found.expires_at }
  }, kept)

  const personCaller = (person: store.NamedPerson | undefined, via: 'token' | 'session') => {
    if (!person?.active) return undefined
    const { id, username: name, role, full_name } = person
    return caller({ kind: 'person', id, name }, { role, via, displayName: full_name || undefined })
  }

  const people = remember(
    async (id: number) => personCaller(await store.findPerson(ctx.db, id), 'token'),
    kept,
  )
  const sessions = remember(async (hash: string) => {
    const found = await store.findSession(ctx.db, hash)
    const known = personCaller(found, 'session')
    return known && found ? { ...known, until: found.expires_at } : undefined
  }, kept)

  const live = <T extends { until: string | null }>(found: T | undefined): T | Refusal =>
    found && (found.until === null || found.until > now()) ? found : wrong

  async function byToken(value: string): Promise<Caller | Refusal> {
    const person = await tokens.verify('access', value)
    return person === undefined ? wrong : ((await people.get(person)) ?? wrong)
  }

  async function bySession(request: Exchange['request'], token: string): Promise<Caller | Refusal> {
    const found = live(await sessions.get(sha256(token)))
    const foreign = !safe.has(request.method) && isForeign(ctx, request)
    return foreign ? refuse('forbidden', { detail: 'This request did not come from a page of ours.' }) : found
  }

  const cookie = sessionCookie(ctx)
  return {
    authenticate(request) {
      const credential = readCredential(request.headers)
      if (credential?.kind === 'jwt') return byToken(credential.value)
      if (credential) {
        const found = keys.get(sha256(credential.value))
        return found instanceof Promise ? found.then(live) : live(found)
      }
      const token = cookie.read(request)
      return token ? bySession(request, token) : undefined
    },
    forget() {
      keys.forget()
      people.forget()
      sessions.forget()
    },
  }
}
