import type { Connection } from '../lib/db.ts'

export type Rows = { incidents: number[]; units: number[] }

/** Of assignments, the rows that a command on them locks. */
export async function rowsOfAssignments(on: Pick<Connection, 'query'>, ids: readonly number[]) {
  const text = 'SELECT id, incident_id, unit_id FROM assignments WHERE id = ANY($1)'
  type Found = { id: number; incident_id: number; unit_id: number }
  return (await on.query<Found>(text, [ids])).rows
}

/** Of these rows, those that somebody holds at this moment. */
export async function findHeld(on: Pick<Connection, 'query'>, { incidents, units }: Rows): Promise<Rows> {
  const held = async (table: 'incidents' | 'units', ids: number[]) => {
    const text = `WITH free AS (SELECT id FROM ${table} WHERE id = ANY($1) FOR NO KEY UPDATE SKIP LOCKED)
      SELECT t.id FROM ${table} t LEFT JOIN free f ON f.id = t.id WHERE t.id = ANY($1) AND f.id IS NULL`
    return (await on.query<{ id: number }>(text, [ids])).rows.map(({ id }) => id)
  }
  return { incidents: await held('incidents', incidents), units: await held('units', units) }
}
