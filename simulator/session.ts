import type { Answer, Client } from '@toneout/contract/client.ts'

/** Either an API key, or a person's or program's username and password for a pair of tokens. */
export type Credential = { key: string } | { username: string; password: string }

export type Session = {
  /** Makes sure that a credential is at hand that will still be good when the request arrives. */
  prepare(): Promise<void>
  headers(): { authorization?: string }
  /** Called after a 401. Resolves to true when another try with the new token makes sense. */
  renew(refused: string | undefined): Promise<boolean>
  readonly counts: { logins: number; refreshes: number }
}

export class SignInRefused extends Error {
  readonly status: number
  constructor(status: number) {
    super(`sign-in refused with status ${status}`)
    this.status = status
  }
}

/** Refresh when this share of the token's life is left, or 30 s if that is less. */
const lastShare = 0.2
const longestMarginMs = 30_000

export function openSession(credential: Credential, ask: Client, now: () => number = Date.now): Session {
  const counts = { logins: 0, refreshes: 0 }
  if ('key' in credential) {
    const headers = { authorization: `Bearer ${credential.key}` }
    return { prepare: async () => {}, headers: () => headers, renew: async () => false, counts }
  }
  let tokens: { access: string; refresh: string; staleAt: number } | undefined
  let underway: Promise<void> | undefined

  const logIn = async () => {
    counts.logins += 1
    const answer = await ask('createToken', { body: { ...credential } })
    if (answer.status !== 200) throw new SignInRefused(answer.status)
    const { access, refresh } = answer.body as { access: string; refresh: string }
    tokens = { access, refresh, staleAt: staleAt(access, now()) }
  }
  const refresh = async (old: NonNullable<typeof tokens>) => {
    counts.refreshes += 1
    const answer: Answer = await ask('refreshToken', { body: { refresh: old.refresh } })
    if (answer.status !== 200) return logIn()
    const { access } = answer.body as { access: string }
    tokens = { ...old, access, staleAt: staleAt(access, now()) }
  }
  /** Many calls share one session: the first that needs a token fetches it, the others wait for it. */
  const once = (work: () => Promise<void>) => {
    underway ??= work().finally(() => {
      underway = undefined
    })
    return underway
  }
  return {
    counts,
    headers: () => (tokens ? { authorization: `Bearer ${tokens.access}` } : {}),
    async prepare() {
      if (!tokens) await once(logIn)
      else if (now() >= tokens.staleAt) await once(() => refresh(tokens!))
    },
    async renew(refused) {
      const current = tokens
      if (current && refused === `Bearer ${current.access}`) await once(() => refresh(current))
      else if (!current) await once(logIn)
      return true
    },
  }
}

/**
 * When to refresh: before `exp` of the token. A token that cannot be read is used until a 401 says otherwise.
 */
function staleAt(access: string, now: number): number {
  try {
    const claims = JSON.parse(Buffer.from(access.split('.')[1] ?? '', 'base64url').toString()) as {
      exp?: unknown
    }
    const expires = Number(claims.exp) * 1_000
    if (!Number.isFinite(expires)) return Number.POSITIVE_INFINITY
    return expires - Math.min(longestMarginMs, (expires - now) * lastShare)
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
