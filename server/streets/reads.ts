import type { Database } from '../lib/db.ts'
import type { MaybePosition } from '../lib/geo.ts'

export type Ends = { unit: MaybePosition; incident: MaybePosition & { priority: number } }

/**
 * Where a unit and an incident are; undefined when there is none of either. For somebody of a crew only when
 * it is bound there: `personId` leads the assignment or is of the unit's crew.
 */
export async function findEnds(
  db: Database,
  { incident_id, unit_id }: { incident_id: number; unit_id: number },
  personId: number | undefined,
): Promise<Ends | undefined> {
  const text = `SELECT json_build_object('latitude', u.latitude, 'longitude', u.longitude) AS unit,
      json_build_object('latitude', i.latitude, 'longitude', i.longitude, 'priority', i.priority) AS incident
    FROM units u, incidents i
    WHERE i.id = $1 AND u.id = $2 AND u.retired_at IS NULL AND ($3::bigint IS NULL OR EXISTS (
      SELECT FROM assignments a WHERE a.incident_id = i.id AND a.unit_id = u.id
        AND a.status NOT IN ('CLEARED', 'CANCELLED', 'DIVERTED')
        AND (a.paramedic_id = $3
          OR a.unit_id = (SELECT p.unit_id FROM paramedics p WHERE p.person_id = $3))))`
  const values = [incident_id, unit_id, personId ?? null]
  return (await db.pool.query<Ends>({ name: 'route-ends', text, values })).rows[0]
}
