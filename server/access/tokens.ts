import { errors, jwtVerify, SignJWT } from 'jose'
import type { Context } from '../context.ts'
import { randomToken, sha256 } from '../lib/crypto.ts'
import { remember } from '../lib/remember.ts'

export type TokenUse = 'access' | 'refresh'
/** Whom a token was issued to; one of another generation than the person's is not good any more. */
export type Bearer = { person: number; generation: number }
export type Tokens = {
  issue: (use: TokenUse, bearer: Bearer) => Promise<string>
  /** undefined when it is wrong, of the other use, or expired. */
  verify: (use: TokenUse, token: string) => Promise<Bearer | undefined>
}

const issuer = 'toneout'

/** JWTs signed with HS256 by a key derived from SECRET_KEY, so that the secret itself signs nothing. */
export function createTokens(ctx: Context, secret: string): Tokens {
  const key = Buffer.from(sha256(`toneout jwt ${secret}`), 'hex')
  const seconds = { access: ctx.config.accessTokenSeconds, refresh: ctx.config.refreshTokenSeconds }

  async function check(use: TokenUse, token: string) {
    try {
      const options = { issuer, audience: use, algorithms: ['HS256'], currentDate: ctx.now() }
      const { payload } = await jwtVerify(token, key, options)
      if (!/^\d{1,15}$/.test(payload.sub ?? '')) return undefined
      const generation = typeof payload.gen === 'number' ? payload.gen : 0
      return { person: Number(payload.sub), generation, until: Number(payload.exp) * 1_000 }
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined
      throw error
    }
  }

  // A signature is checked once; the expiry at every use.
  const access = remember((token: string) => check('access', token), {
    limit: 1_000,
    ttlMs: 60_000,
    now: () => Date.now(),
  })

  return {
    issue: (use, { person, generation }) => {
      const at = Math.floor(ctx.now().getTime() / 1_000)
      return new SignJWT({ gen: generation })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(issuer)
        .setAudience(use)
        .setSubject(String(person))
        .setJti(randomToken())
        .setIssuedAt(at)
        .setExpirationTime(at + seconds[use])
        .sign(key)
    },
    verify: async (use, token) => {
      const found = await (use === 'access' ? access.get(token) : check(use, token))
      return found && found.until > ctx.now().getTime() ? found : undefined
    },
  }
}
