import type { Recording } from '@toneout/contract/model/telephony.ts'
import type { Connection } from '../lib/db.ts'

type Pool = Pick<Connection, 'query'>

/** An utterance as rules-utterances.ts describes it. */
type Utterance = {
  begins: number
  latest: number
  final_sequence: number | null
  interaction_id: number | null
}

const columns = 'begins, latest, final_sequence, interaction_id'

/** The utterances an event may belong to; the transcription is held until the transaction ends. */
export async function loadUtterances(
  connection: Connection,
  place: { transcription_sid: string; track: string; sequence_id: number },
): Promise<{ newest?: Utterance; same?: Utterance }> {
  const { transcription_sid, track, sequence_id } = place
  await connection.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [transcription_sid])
  const newest = await connection.query<Utterance>({
    name: 'newest-utterance',
    text: `SELECT ${columns} FROM twilio_utterances WHERE transcription_sid = $1 AND track = $2
      ORDER BY begins DESC LIMIT 1`,
    values: [transcription_sid, track],
  })
  const same = await connection.query<Utterance>({
    name: 'same-utterance',
    text: `SELECT ${columns} FROM twilio_utterances
      WHERE transcription_sid = $1 AND (begins = $2 OR final_sequence = $2) ORDER BY begins LIMIT 1`,
    values: [transcription_sid, sequence_id],
  })
  return { newest: newest.rows[0], same: same.rows[0] }
}

export async function saveUtterance(
  connection: Connection,
  { transcription_sid, track }: { transcription_sid: string; track: string },
  { begins, latest, final_sequence }: Utterance,
  at: string,
): Promise<void> {
  await connection.query({
    name: 'save-utterance',
    text: `INSERT INTO twilio_utterances (transcription_sid, begins, track, latest, final_sequence, begun_at)
      VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (transcription_sid, begins)
      DO UPDATE SET latest = excluded.latest, final_sequence = excluded.final_sequence`,
    values: [transcription_sid, begins, track, latest, final_sequence, at],
  })
}

export async function saveInteraction(
  pool: Pool,
  transcription_sid: string,
  begins: number,
  interaction_id: number,
): Promise<void> {
  await pool.query({
    name: 'save-utterance-interaction',
    text: `UPDATE twilio_utterances SET interaction_id = $3
      WHERE transcription_sid = $1 AND begins = $2`,
    values: [transcription_sid, begins, interaction_id],
  })
}

/** Events older than a day are not repeated any more. */
export async function deleteOldUtterances(connection: Connection, before: string): Promise<void> {
  await connection.query(
    `DELETE FROM twilio_utterances WHERE (transcription_sid, begins) IN (
       SELECT transcription_sid, begins FROM twilio_utterances WHERE begun_at < $1
       LIMIT 10000 FOR UPDATE SKIP LOCKED)`,
    [before],
  )
}

/** The same recording again changes nothing. */
export async function insertRecording(pool: Pool, { call, ...one }: Recording): Promise<void> {
  await pool.query(
    `INSERT INTO call_recordings (recording_sid, call_id, url, duration_seconds, started_at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (recording_sid) DO NOTHING`,
    [one.recording_sid, call, one.url, one.duration_seconds, one.started_at],
  )
}

/** undefined: there is no such call. */
export async function readRecordings(pool: Pool, callSid: string): Promise<Recording[] | undefined> {
  const found = await pool.query<{ id: number }>('SELECT id FROM calls WHERE call_sid = $1', [callSid])
  const id = found.rows[0]?.id
  if (id === undefined) return undefined
  const { rows } = await pool.query<Recording>(
    `SELECT call_id AS call, recording_sid, url, duration_seconds, started_at FROM call_recordings
     WHERE call_id = $1 ORDER BY started_at, recording_sid LIMIT 100`,
    [id],
  )
  return rows
}
