import { endedAssignments } from '@toneout/contract/model/assignment.ts'
import { type Database, listOf } from '../lib/db.ts'
import type { Happening, Post } from './rules.ts'

const ended = listOf(endedAssignments)

/**
 * Where people of crews are: on the live assignment they lead, otherwise with the unit they are in the crew
 * of.
 */
export async function findPosts(db: Database, people: readonly number[]): Promise<Post[]> {
  const text = `SELECT asked.id AS person_id, coalesce(led.unit_id, p.unit_id) AS unit_id,
      coalesce(led.incident_id, a.incident_id) AS incident_id
    FROM unnest($1::bigint[]) AS asked(id)
    LEFT JOIN paramedics p ON p.person_id = asked.id
    LEFT JOIN assignments led ON led.paramedic_id = asked.id AND led.status NOT IN ${ended}
    LEFT JOIN assignments a ON a.unit_id = p.unit_id AND a.status NOT IN ${ended}`
  return (await db.pool.query<Post>({ name: 'crew-posts', text, values: [people] })).rows
}

/** What happened after a cursor, in order, at most `limit`. */
export async function readHappenings(
  db: Database,
  after: number,
  limit: number,
): Promise<(Happening & { id: number })[]> {
  const text = `SELECT f.id, f.unit_id, coalesce(f.incident_id, c.incident_id) AS incident_id,
      (coalesce(f.data ->> 'paramedic_id', f.data ->> 'person_id'))::bigint AS person_id
    FROM facts f LEFT JOIN calls c ON c.id = f.call_id WHERE f.id > $1 ORDER BY f.id LIMIT $2`
  type Row = Happening & { id: number }
  return (await db.pool.query<Row>({ name: 'crew-happenings', text, values: [after, limit] })).rows
}
