import { z } from 'zod'
import { nameText } from './field.ts'
import { instant, rowId } from './text.ts'

/** A line that somebody at a desk wrote down about an incident. */
export const note = z
  .object({ id: rowId, incident_id: rowId, text: z.string(), written_at: instant, written_by: z.string() })
  .meta({ id: 'Note' })
export type Note = z.output<typeof note>

/** Body of POST /api/incidents/{id}/notes/. */
export const noteAddition = z.strictObject({ text: nameText(2_000) }).meta({ id: 'NoteAddition' })

/** What a desk wrote to the crew of a unit. */
export const crewMessage = z
  .object({
    id: rowId,
    unit_id: rowId,
    /** What the unit was on when it was sent. */
    incident_id: rowId.nullable(),
    text: z.string(),
    sent_at: instant,
    sent_by: z.string(),
    /** When the crew said that it was read, and who; null before. */
    read_at: instant.nullable(),
    read_by: z.string().nullable(),
  })
  .meta({ id: 'CrewMessage' })
export type CrewMessage = z.output<typeof crewMessage>

/** Body of POST /api/units/{id}/messages/. */
export const messageSending = z.strictObject({ text: nameText(1_000) }).meta({ id: 'MessageSending' })
