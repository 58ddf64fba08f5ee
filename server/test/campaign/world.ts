import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { insertPerson } from '../../access/store.ts'
import { openDatabase } from '../../lib/db.ts'
import type { Ask } from '../support/http.ts'
import { hashQuickly } from '../support/quick-password.ts'

export type Login = { username: string; password: string }
export type World = {
  units: number[]
  paramedics: number[]
  hospitals: number[]
  incidents: number[]
  dispatchers: Login[]
  /** Who may open ended incidents again and take units out of use. */
  supervisor: Login
}
/** A centre and a way to ask it, before the clients begin. */
export type Scene = { client: pg.Client; world: World; ask: Ask }
export type Size = { units: number; paramedics: number; incidents: number }

/** Rows read as the server shows them: numbers, and instants as ISO text in UTC. */
function typeParser(oid: number, format?: unknown) {
  if (oid === pg.types.builtins.INT8) return Number
  if (oid === pg.types.builtins.TIMESTAMPTZ) return (text: string) => new Date(text).toISOString()
  return pg.types.getTypeParser(oid, format as 'text')
}

/** A connection of the campaign itself, which its faults spare. */
export async function openClient(url: string): Promise<pg.Client> {
  const types = { getTypeParser: typeParser as typeof pg.types.getTypeParser }
  const client = new pg.Client({ connectionString: url, types, application_name: 'campaign' })
  client.on('error', () => {})
  await client.connect()
  return client
}

/** Such a connection that is opened anew when it is used after PostgreSQL was killed. */
export type SteadyClient = { get: () => Promise<pg.Client>; end: () => Promise<void> }

const connectTries = 300

export function openSteadyClient(url: string): SteadyClient {
  let current: pg.Client | undefined
  const connect = async () => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await openClient(url)
      } catch (error) {
        if (attempt === connectTries) throw error
        await delay(50)
      }
    }
  }
  return {
    async get() {
      if (current) return current
      const client = await connect()
      client.on('end', () => {
        if (current === client) current = undefined
      })
      current = client
      return client
    },
    end: async () => void (await current?.end().catch(() => {})),
  }
}

async function makePeople(url: string, paramedics: number) {
  const db = openDatabase({ connection: { connectionString: url }, onIdleError: () => {} })
  const created_at = new Date().toISOString()
  const make = async (username: string, role: 'dispatcher' | 'supervisor' | 'paramedic') => {
    const password = `password of ${username}`
    const password_hash = hashQuickly(password)
    const id = await insertPerson(db, { username, password_hash, role, created_at })
    return { id: Number(id), username, password }
  }
  try {
    const crew: number[] = []
    for (let at = 0; at < paramedics; at += 1) crew.push((await make(`crew-${at}`, 'paramedic')).id)
    const [one, two] = [await make('desk-1', 'dispatcher'), await make('desk-2', 'dispatcher')]
    const supervisor = await make('chief', 'supervisor')
    return { crew, dispatchers: [one, two], supervisor }
  } finally {
    await db.close()
  }
}

/** A centre that is at work: units of one kind, crews with licences, open hospitals, some incidents. */
export async function makeWorld(url: string, size: Size): Promise<World> {
  const { crew, ...people } = await makePeople(url, size.paramedics)
  const client = await openClient(url)
  const insert = async (text: string, values: unknown[]) =>
    ((await client.query(text, values)).rows as { id: number }[]).map(({ id }) => id)
  try {
    const units = await insert(
      `INSERT INTO units (unit_number, unit_type, updated_at)
        SELECT 'M' || n, 'ADVANCED', now() FROM generate_series(1, $1::int) n RETURNING id`,
      [size.units],
    )
    const hospitals = await insert(
      `INSERT INTO hospitals (name, latitude, longitude, updated_at)
        SELECT 'Hospital ' || n, 37.7, -122.4, now() FROM generate_series(1, 3) n RETURNING id`,
      [],
    )
    const incidents = await insert(
      `INSERT INTO incidents (incident_number, priority, emergency_type, location, received_at, updated_at)
        SELECT 'C-' || n, 1 + n % 4, 'CARDIAC', '21 Harbour Street', now(), now()
        FROM generate_series(1, $1::int) n RETURNING id`,
      [size.incidents],
    )
    await client.query(
      `INSERT INTO paramedics
        (person_id, employee_id, full_name, license_number, license_expiry, updated_at)
        SELECT id, 'E' || id, 'Paramedic ' || id, 'L' || id, '2999-12-31', now()
        FROM unnest($1::bigint[]) id`,
      [crew],
    )
    return { units, paramedics: crew, hospitals, incidents, ...people }
  } finally {
    await client.end()
  }
}
