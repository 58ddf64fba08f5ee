import { correctedTime, type Database } from '../lib/db.ts'

/** What rules.ts makes figures of. */
type Course = { priority: number; known_at: string } & Record<
  'answered_at' | 'assigned_at' | 'on_scene_at',
  string | null
>

const mostIncidents = 5_000

/** The newest incidents received since then; one that was merged into another is that other. */
export async function readCourses(db: Database, since: string): Promise<Course[]> {
  const text = `SELECT i.priority, least(c.created_at, i.received_at) AS known_at,
      coalesce(c.answered_at, c.created_at) AS answered_at,
      a.assigned_at, a.on_scene_at
    FROM (SELECT id, priority, received_at FROM incidents WHERE received_at >= $1 AND merged_into IS NULL
      ORDER BY received_at DESC, id DESC LIMIT ${mostIncidents}) i
    LEFT JOIN LATERAL (SELECT c.created_at, c.answered_at FROM calls c WHERE c.incident_id = i.id
      ORDER BY c.created_at, c.id LIMIT 1) c ON true
    LEFT JOIN LATERAL (SELECT min(${correctedTime('assigned_at')}) AS assigned_at,
        min(${correctedTime('on_scene_at')}) AS on_scene_at
      FROM assignments a WHERE a.incident_id = i.id) a ON true`
  return (await db.pool.query<Course>({ name: 'desk-courses', text, values: [since] })).rows
}
