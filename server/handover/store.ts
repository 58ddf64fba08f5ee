import type { Handover } from '@toneout/contract/model/handover.ts'
import type { Connection } from '../lib/db.ts'

type Fresh = Omit<Handover, 'id'> & { author_id: number | null }

export async function insertHandover(connection: Connection, note: Fresh): Promise<Handover> {
  const { author_id, ...rest } = note
  const { rows } = await connection.query<{ id: number }>(
    `INSERT INTO handover_notes (text, desk, written_at, written_by, author_id)
     VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [rest.text, rest.desk, rest.written_at, rest.written_by, author_id],
  )
  return { id: (rows[0] as { id: number }).id, ...rest }
}
