import { endedAssignments } from '@toneout/contract/model/assignment.ts'
import { type CrewMessage, crewMessage, type Note, note } from '@toneout/contract/model/desk-work.ts'
import { type Connection, columnsOf, listOf } from '../lib/db.ts'

const noteColumns = columnsOf(Object.keys(note.shape), 'n')
const messageColumns = columnsOf(Object.keys(crewMessage.shape), 'm')
type On = Pick<Connection, 'query'>

export async function hasIncident(on: On, id: number): Promise<boolean> {
  return (await on.query('SELECT FROM incidents WHERE id = $1', [id])).rows.length > 0
}

type NewNote = Omit<Note, 'id'>

export async function insertNote(connection: Connection, one: NewNote): Promise<Note> {
  const text = `INSERT INTO incident_notes AS n (incident_id, text, written_at, written_by)
    VALUES ($1, $2, $3, $4) RETURNING ${noteColumns}`
  const values = [one.incident_id, one.text, one.written_at, one.written_by]
  return (await connection.query<Note>(text, values)).rows[0] as Note
}

export async function readNotes(on: On, incidentId: number, after: number, limit: number): Promise<Note[]> {
  const text = `SELECT ${noteColumns} FROM incident_notes n
    WHERE n.incident_id = $1 AND n.id > $2 ORDER BY n.id LIMIT $3`
  return (await on.query<Note>({ name: 'read-notes', text, values: [incidentId, after, limit] })).rows
}

export type UnitAtHand = { retired_at: string | null; unit_number: string; incident_id: number | null }

/** The unit and what it is on; undefined when there is none. */
export async function findUnit(on: On, id: number): Promise<UnitAtHand | undefined> {
  const text = `SELECT u.retired_at, u.unit_number, a.incident_id FROM units u LEFT JOIN assignments a
    ON a.unit_id = u.id AND a.status NOT IN ${listOf(endedAssignments)} WHERE u.id = $1`
  return (await on.query<UnitAtHand>(text, [id])).rows[0]
}

/** The unit that somebody leads on its live assignment, otherwise the one whose crew they are in. */
export async function findOwnUnit(on: On, personId: number): Promise<number | undefined> {
  const text = `SELECT coalesce(
    (SELECT unit_id FROM assignments WHERE paramedic_id = $1 AND status NOT IN ${listOf(endedAssignments)}),
    (SELECT unit_id FROM paramedics WHERE person_id = $1)) AS id`
  return (await on.query<{ id: number | null }>(text, [personId])).rows[0]?.id ?? undefined
}

type NewMessage = Pick<CrewMessage, 'unit_id' | 'incident_id' | 'text' | 'sent_at' | 'sent_by'>

export async function insertMessage(connection: Connection, one: NewMessage): Promise<CrewMessage> {
  const text = `INSERT INTO crew_messages AS m (unit_id, incident_id, text, sent_at, sent_by)
    VALUES ($1, $2, $3, $4, $5) RETURNING ${messageColumns}`
  const values = [one.unit_id, one.incident_id, one.text, one.sent_at, one.sent_by]
  return (await connection.query<CrewMessage>(text, values)).rows[0] as CrewMessage
}

/** The last messages to a unit, newest first. */
export async function readMessages(on: On, unitId: number, limit: number): Promise<CrewMessage[]> {
  const text = `SELECT ${messageColumns} FROM crew_messages m WHERE m.unit_id = $1
    ORDER BY m.id DESC LIMIT $2`
  return (await on.query<CrewMessage>({ name: 'read-messages', text, values: [unitId, limit] })).rows
}

export async function lockMessage(connection: Connection, id: number): Promise<CrewMessage | undefined> {
  const text = `SELECT ${messageColumns} FROM crew_messages m WHERE m.id = $1 FOR UPDATE`
  return (await connection.query<CrewMessage>(text, [id])).rows[0]
}

export async function markRead(connection: Connection, id: number, at: string, by: string): Promise<void> {
  await connection.query('UPDATE crew_messages SET read_at = $2, read_by = $3 WHERE id = $1', [id, at, by])
}

/** Of an incident that has not ended, or with a call that is held by law. */
const isKept = (incident: string) => `EXISTS (SELECT FROM incidents i WHERE i.id = ${incident}
  AND (i.closed_at IS NULL
    OR EXISTS (SELECT FROM calls c WHERE c.incident_id = i.id AND c.legal_hold IS NOT NULL)))`

/** Deletes the oldest notes written before an instant, at most `limit`; gives how many. */
export async function deleteOldNotes(connection: Connection, before: string, limit: number): Promise<number> {
  const text = `DELETE FROM incident_notes WHERE id IN (SELECT n.id FROM incident_notes n
    WHERE n.written_at < $1 AND NOT ${isKept('n.incident_id')} ORDER BY n.written_at, n.id LIMIT $2)`
  return (await connection.query(text, [before, limit])).rowCount ?? 0
}

/** Deletes the oldest messages to crews sent before an instant, at most `limit`; gives how many. */
export async function deleteOldMessages(
  connection: Connection,
  before: string,
  limit: number,
): Promise<number> {
  const text = `DELETE FROM crew_messages WHERE id IN (SELECT m.id FROM crew_messages m
    WHERE m.sent_at < $1 AND NOT ${isKept('m.incident_id')} ORDER BY m.sent_at, m.id LIMIT $2)`
  return (await connection.query(text, [before, limit])).rowCount ?? 0
}
