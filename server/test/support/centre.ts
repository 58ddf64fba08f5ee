import type { PersonRole } from '@toneout/contract/roles.ts'
import { insertPerson } from '../../access/store.ts'
import { type Ask, asker } from './http.ts'
import { hashQuickly } from './quick-password.ts'
import type { TestServer } from './test-server.ts'

/** Somebody with a role who is signed in, and what they ask. */
export async function signIn(
  server: TestServer,
  username: string,
  role: PersonRole,
): Promise<{ id: number; ask: Ask }> {
  const password = `password of ${username}`
  const person = {
    username,
    password_hash: hashQuickly(password),
    role,
    created_at: new Date().toISOString(),
  }
  const id = (await insertPerson(server.ctx.db, person)) as number
  const { body } = await asker(server.baseUrl, {})('POST', '/api/token/', { username, password })
  return { id: Number(id), ask: asker(server.baseUrl, { authorization: `Bearer ${body.access}` }) }
}

const insert = async (server: TestServer, text: string, values: unknown[]) =>
  ((await server.ctx.db.pool.query(text, values)).rows as { id: number }[]).map(({ id }) => id)

/** Units made by SQL, in order of their numbers; gives their ids. */
export function makeUnits(
  server: TestServer,
  count: number,
  prefix = 'M',
  type = 'ADVANCED',
): Promise<number[]> {
  const text = `INSERT INTO units (unit_number, unit_type, updated_at)
    SELECT $1 || n, $2, now() FROM generate_series(1, $3::int) n RETURNING id`
  return insert(server, text, [prefix, type, count])
}

/** Open incidents made by SQL; gives their ids. */
export function makeIncidents(server: TestServer, count: number, prefix = 'I-'): Promise<number[]> {
  const text = `INSERT INTO incidents
      (incident_number, priority, emergency_type, location, received_at, updated_at)
    SELECT $1 || n, 1, 'CARDIAC', '21 Harbour Street', now(), now()
    FROM generate_series(1, $2::int) n RETURNING id`
  return insert(server, text, [prefix, count])
}

export async function makeHospital(server: TestServer, name: string, more: Record<string, string> = {}) {
  const { diversion = 'OPEN', emergency_capacity = 'LOW' } = more
  const text = `INSERT INTO hospitals (name, latitude, longitude, diversion, emergency_capacity, updated_at)
    VALUES ($1, 37.7, -122.4, $2, $3, now()) RETURNING id`
  return (await insert(server, text, [name, diversion, emergency_capacity]))[0] as number
}

export async function makeParamedic(server: TestServer, person_id: number, license_expiry: string | null) {
  await server.ctx.db.pool.query(
    `INSERT INTO paramedics (person_id, employee_id, full_name, license_number, license_expiry, updated_at)
     VALUES ($1::bigint, 'E' || $1::bigint, 'Paramedic ' || $1::bigint, 'L' || $1::bigint, $2, now())`,
    [person_id, license_expiry],
  )
}
