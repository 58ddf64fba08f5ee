import { createHook } from 'node:async_hooks'
import { Secret, TOTP } from 'otpauth'
import { insertPerson } from '../../access/store.ts'
import { asker, type Seen } from './http.ts'
import { hashQuickly } from './quick-password.ts'
import type { TestServer } from './test-server.ts'

export const password = 'stone lamp river kite'

/** Somebody with that password; `created_at` is now unless it is given. */
export async function makePerson(
  server: TestServer,
  username: string,
  role: 'dispatcher' | 'supervisor' | 'admin' | 'ai_dispatcher',
  created_at = server.ctx.now().toISOString(),
): Promise<{ id: number; username: string }> {
  const password_hash = hashQuickly(password)
  const id = await insertPerson(server.ctx.db, { username, password_hash, role, created_at })
  return { id: Number(id), username }
}

/** Asks without a credential. */
export const stranger = (server: TestServer) => asker(server.baseUrl, {})

type Given = { username: string; password?: string; code?: string }

export const getToken = (server: TestServer, given: Given, headers: Record<string, string> = {}) =>
  stranger(server)('POST', '/api/token/', { password, ...given }, headers)

export const bearer = (server: TestServer, access: string) =>
  asker(server.baseUrl, { authorization: `Bearer ${access}` })

/** A browser that tried to sign in: what it was answered, and what it asks with its cookie. */
export async function browse(server: TestServer, given: Given) {
  const answer: Seen = await stranger(server)('POST', '/api/auth/sign-in/', {
    password,
    ...given,
  })
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  return { answer, cookie, ask: asker(server.baseUrl, { cookie, 'sec-fetch-site': 'same-origin' }) }
}

/** The six digits an authenticator app shows at that time. */
export const codeAt = (secret: string, at: Date) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() })

/**
 * Asks until the answer has that status: processes hear of a change by a notification, long before what they
 * remember for 30 seconds is over.
 */
export async function soon(ask: () => Promise<{ status: number }>, wanted: number): Promise<number> {
  const end = Date.now() + 20_000
  let { status } = await ask()
  while (status !== wanted && Date.now() < end) {
    await new Promise((next) => setTimeout(next, 10))
    status = (await ask()).status
  }
  return status
}

/** Counts the password hashes that this process begins to compute. */
export function countHashes(): { begun: () => number; stop: () => void } {
  let count = 0
  const hook = createHook({
    init(_, type) {
      if (type === 'ARGON2REQUEST') count += 1
    },
  }).enable()
  return { begun: () => count, stop: () => void hook.disable() }
}
