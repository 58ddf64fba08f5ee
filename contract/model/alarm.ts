import { z } from 'zod'
import { instant, optionalFlag, rowId } from './text.ts'

/** What an alarm is about; each asks somebody to act. */
export const alarmKinds = [
  'CREW_SILENT',
  'CREW_STILL',
  'WAITING_SOON',
  'WAITING_LATE',
  'PERSON_WANTED',
  'LOST_CONTACT',
] as const
export type AlarmKind = (typeof alarmKinds)[number]

/** Who has been told: the crew once more, the desks, or the supervisors too. */
export const alarmStages = ['CREW', 'DESK', 'SUPERVISOR'] as const
export type AlarmStage = (typeof alarmStages)[number]

/** The words an alarm is told in. */
export const alarmWords: Readonly<Record<AlarmKind, string>> = {
  CREW_SILENT: 'The crew has not acknowledged',
  CREW_STILL: 'The crew has not set out',
  WAITING_SOON: 'Nobody is sent yet, and the time is nearly over',
  WAITING_LATE: 'Nobody was sent in time',
  PERSON_WANTED: 'A call wants a person',
  LOST_CONTACT: 'A call is silent',
}

export const alarm = z
  .object({
    id: rowId,
    kind: z.enum(alarmKinds),
    words: z.string(),
    stage: z.enum(alarmStages),
    call_id: rowId.nullable(),
    incident_id: rowId.nullable(),
    unit_id: rowId.nullable(),
    raised_at: instant,
    acknowledged_at: instant.nullable(),
    /** Username. */
    acknowledged_by: z.string().nullable(),
    ended_at: instant.nullable(),
  })
  .meta({ id: 'Alarm' })
export type Alarm = z.output<typeof alarm>

export const alarmQuery = z.strictObject({
  /** Whether to show those that are over too. */
  all: optionalFlag(),
})
