import assert from 'node:assert/strict'
import { type KeyRole, keyRoles, type PersonRole, personRoles, type Role } from '@toneout/contract/roles.ts'
import { signIn } from '../support/centre.ts'
import { type Ask, asker } from '../support/http.ts'
import { makeKey, startTestServer, type TestServer } from '../support/test-server.ts'

export type Headers = Record<string, string>
/** Somebody who is let in, and by what. */
export type Actor = { role: Role; via: 'token' | 'session' | 'key'; headers: Headers }
/** A credential that opens nothing. */
export type Stranger = { name: string; headers: Headers }

/** Beyond the life of every token and session. */
const longAgo = -25 * 3_600_000

export async function cookieOf(server: TestServer, username: string, more: Headers = {}): Promise<string> {
  const body = { username, password: `password of ${username}` }
  const { status, headers } = await asker(server.baseUrl, more)('POST', '/api/auth/sign-in/', body)
  assert.equal(status, 200)
  return headers.getSetCookie()[0]?.split(';')[0] as string
}

async function tokensOf(server: TestServer, username: string, more: Headers) {
  const body = { username, password: `password of ${username}` }
  return (await asker(server.baseUrl, more)('POST', '/api/token/', body)).body
}

export type Cast = Awaited<ReturnType<typeof openCast>>

let addresses = 0
/** An address of its own for each request, so that limits of an address do not answer in place of roles. */
export function fromAnywhere(): Headers {
  addresses += 1
  return { 'x-forwarded-for': `10.${addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}` }
}

const browser = (server: TestServer, cookie: string) => ({ cookie, origin: server.baseUrl })

/** Signs somebody in; gives what their requests carry. */
export async function enter(server: TestServer, name: string, via: 'token' | 'session'): Promise<Headers> {
  if (via === 'session') return browser(server, await cookieOf(server, name, fromAnywhere()))
  const { access } = await tokensOf(server, name, fromAnywhere())
  return { authorization: `Bearer ${access}` }
}

async function openActors(server: TestServer) {
  const people = {} as Record<PersonRole, { id: number; ask: Ask }>
  const keys = {} as Record<KeyRole, string>
  const actors: Actor[] = []
  for (const role of personRoles) {
    people[role] = await signIn(server, `a-${role}`, role)
    for (const via of ['token', 'session'] as const) {
      actors.push({ role, via, headers: await enter(server, `a-${role}`, via) })
    }
  }
  for (const role of keyRoles) {
    keys[role] = await makeKey(server.ctx, role)
    actors.push({ role, via: 'key', headers: { 'x-api-key': keys[role] } })
  }
  return { people, keys, actors }
}

async function openStrangers(
  server: TestServer,
  shift: (ms: number) => void,
  admin: Ask,
): Promise<Stranger[]> {
  shift(longAgo)
  const old = {
    token: await enter(server, 'a-supervisor', 'token'),
    session: await enter(server, 'a-supervisor', 'session'),
  }
  shift(0)
  const gone = await signIn(server, 'gone', 'supervisor')
  const left = {
    token: await enter(server, 'gone', 'token'),
    session: await enter(server, 'gone', 'session'),
  }
  const shutOut = await admin('PATCH', `/api/people/${gone.id}/`, { active: false })
  assert.equal(shutOut.status, 200)
  const revoked = await makeKey(server.ctx, 'ai_dispatcher')
  const revoke = 'UPDATE api_keys SET revoked_at = now() WHERE id = (SELECT max(id) FROM api_keys)'
  await server.ctx.db.pool.query(revoke)
  const expires_at = new Date(Date.now() - 1_000).toISOString()
  const expired = await makeKey(server.ctx, 'ai_dispatcher', { expires_at })
  const { access, refresh } = await tokensOf(server, 'a-supervisor', fromAnywhere())
  const forged = `${access.slice(0, -8)}AAAAAAAA`
  return [
    { name: 'no credential', headers: {} },
    { name: 'a wrong key', headers: { 'x-api-key': `tone_${'x'.repeat(43)}` } },
    { name: 'a wrong bearer', headers: { authorization: 'Bearer nonsense' } },
    { name: 'a token with another signature', headers: { authorization: `Bearer ${forged}` } },
    { name: 'a refresh token', headers: { authorization: `Bearer ${refresh}` } },
    { name: 'a wrong session', headers: browser(server, `toneout_session=${'x'.repeat(43)}`) },
    { name: 'an expired token', headers: old.token },
    { name: 'an expired session', headers: old.session },
    { name: 'an expired key', headers: { 'x-api-key': expired } },
    { name: 'a revoked key', headers: { 'x-api-key': revoked } },
    { name: 'the token of somebody shut out', headers: left.token },
    { name: 'the session of somebody shut out', headers: left.session },
  ]
}

/** A server with somebody of each role, and every kind of credential that is not good (any more). */
export async function openCast() {
  let clock = 0
  const server = await startTestServer({
    config: { trustProxy: true },
    now: () => new Date(Date.now() + clock),
  })
  const shift = (ms: number) => {
    clock = ms
  }
  const others = await openActors(server)
  const strangers = await openStrangers(server, shift, others.people.admin.ask)
  return { server, ...others, strangers, query: asQuery(server), close: server.close }
}

const asQuery =
  (server: TestServer) =>
  async (text: string, values: unknown[] = []) =>
    (await server.ctx.db.pool.query(text, values)).rows

/** Every table's rows as one hash for each; those that the server writes by itself are left out. */
export async function fingerprint({ query }: Pick<Cast, 'query'>, but: readonly string[] = []) {
  const sealed = ['audit_blocks', 'audit_seals', 'audit_heads']
  const left = [...sealed, 'rate_buckets', 'sign_in_attempts', 'figure_days', 'figure_cursor', ...but]
  const tables = await query(
    `SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
  )
  const prints: Record<string, string> = {}
  for (const { name } of tables) {
    if (left.includes(name)) continue
    // When a credential was last used is no change of what it may do.
    const row = `(to_jsonb(t) - 'last_used_at' - 'last_seen_at')::text`
    // A chore clears ended sessions away, in whatever test its minute falls.
    const which = name === 'sessions' ? 'WHERE t.expires_at > now()' : ''
    const list = `string_agg(${row}, '|' ORDER BY ${row})`
    const text = `SELECT md5(coalesce(${list}, '')) AS print FROM ${name} t ${which}`
    prints[name] = (await query(text))[0].print
  }
  return prints
}
