import assert from 'node:assert/strict'
import { signIn } from '../support/centre.ts'
import { createTestDatabase } from '../support/cluster.ts'
import type { Ask, Seen } from '../support/http.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'

/** Two server applications on one database, and who asks them. */
export type RaceCentre = {
  server: TestServer
  /** Dispatchers, each at a server of their own. */
  desks: readonly [Ask, Ask]
  /** Supervisors in the same way. */
  chiefs: readonly [Ask, Ask]
  // biome-ignore lint/suspicious/noExplicitAny: tests read rows of many shapes
  sql: (text: string, values?: unknown[]) => Promise<any[]>
  close: () => Promise<void>
}

export async function openRaceCentre(): Promise<RaceCentre> {
  const database = await createTestDatabase()
  const config = { secretKey: 'one secret for both processes of this test' } as object
  const start = () => startTestServer({ database, config })
  const servers = [await start(), await start()] as const
  const [one, two] = servers
  return {
    server: one,
    desks: [(await signIn(one, 'desk', 'dispatcher')).ask, (await signIn(two, 'desk2', 'dispatcher')).ask],
    chiefs: [(await signIn(one, 'chief', 'supervisor')).ask, (await signIn(two, 'chief2', 'supervisor')).ask],
    sql: async (text, values = []) => (await one.ctx.db.pool.query(text, values)).rows,
    async close() {
      for (const server of servers) await server.close()
      await database.drop()
    },
  }
}

const live = `a.status NOT IN ('CLEARED', 'CANCELLED', 'DIVERTED')`

/** What must give no row, whatever was raced; each by what it would mean. */
const invariants: Readonly<Record<string, string>> = {
  'a live assignment on an ended incident': `SELECT a.id FROM assignments a
    JOIN incidents i ON i.id = a.incident_id WHERE ${live} AND i.status IN ('CLOSED', 'CANCELLED')`,
  'a live assignment of a unit that is off duty or out of use': `SELECT a.id FROM assignments a
    JOIN units u ON u.id = a.unit_id WHERE ${live} AND (u.duty <> 'AVAILABLE' OR u.retired_at IS NOT NULL)`,
  'a live assignment to a hospital that is out of use': `SELECT a.id FROM assignments a
    JOIN hospitals h ON h.id = a.hospital_id WHERE ${live} AND h.retired_at IS NOT NULL`,
  'a unit on two live assignments': `SELECT unit_id FROM assignments a WHERE ${live}
    GROUP BY unit_id HAVING count(*) > 1`,
  'a paramedic on two live assignments': `SELECT paramedic_id FROM assignments a
    WHERE ${live} AND paramedic_id IS NOT NULL GROUP BY paramedic_id HAVING count(*) > 1`,
  'a unit or a paramedic in two places at some instant': `SELECT a.id, b.id AS other FROM assignments a
    JOIN assignments b ON a.id < b.id AND (a.unit_id = b.unit_id OR a.paramedic_id = b.paramedic_id)
    AND tstzrange(a.assigned_at, coalesce(a.cleared_at, a.cancelled_at, a.diverted_at)) &&
        tstzrange(b.assigned_at, coalesce(b.cleared_at, b.cancelled_at, b.diverted_at))`,
  'an incident that shows other than its live assignments say': `SELECT i.id FROM incidents i
    WHERE i.closed_at IS NULL AND (i.status = 'RECEIVED') =
      EXISTS (SELECT FROM assignments a WHERE a.incident_id = i.id AND ${live})`,
}

export async function assertWhole({ sql }: RaceCentre): Promise<void> {
  for (const [what, text] of Object.entries(invariants)) assert.deepEqual(await sql(text), [], what)
}

/** Deadlocks that PostgreSQL has found in this database. */
export async function countDeadlocks({ sql }: RaceCentre): Promise<number> {
  const text = 'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()'
  return Number((await sql(text))[0].deadlocks)
}

export const shuffled = <T>(all: readonly T[]): T[] =>
  all
    .map((one) => ({ one, by: Math.random() }))
    .sort((a, b) => a.by - b.by)
    .map(({ one }) => one)

/** Sends all at the same moment, in an order of chance; the answers come in the order they were given. */
export async function race(runners: readonly (() => Promise<Seen>)[]): Promise<Seen[]> {
  const answers: Promise<Seen>[] = []
  for (const at of shuffled([...runners.keys()])) answers[at] = (runners[at] as () => Promise<Seen>)()
  return Promise.all(answers)
}

/** The statuses are among these, and no server failed. */
export function assertStatuses(answers: readonly Seen[], allowed: readonly (readonly number[])[]): void {
  for (const [at, { status, body }] of answers.entries()) {
    assert.ok(allowed[at]?.includes(status), `${at}: ${status} ${JSON.stringify(body)}`)
  }
}
