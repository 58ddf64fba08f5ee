import { randomBytes } from 'node:crypto'
import { hashPassword } from '../server/lib/crypto.ts'
import type { Scene } from './stage.ts'

export type Dispatcher = { id: string; name: string; password: string; token: string }

/** A person made by SQL who signed in as any other: with a password, for a JWT. */
export async function signInDispatcher({ sql, server }: Scene, role = 'dispatcher'): Promise<Dispatcher> {
  const name = 'bench'
  const password = randomBytes(24).toString('hex')
  const text = `INSERT INTO people (username, password_hash, role, created_at)
    VALUES ($1, $2, $3, now()) RETURNING id`
  const { rows } = await sql.query<{ id: string }>(text, [name, await hashPassword(password), role])
  const reply = await fetch(`http://127.0.0.1:${server.port}/api/token/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: name, password }),
  })
  if (reply.status !== 200) throw new Error(`the sign-in was answered with ${reply.status}`)
  const { access } = (await reply.json()) as { access: string }
  return { id: rows[0]?.id as string, name, password, token: access }
}
