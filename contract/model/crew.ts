import { z } from 'zod'
import { assignment, assignmentStatuses } from './assignment.ts'
import { crewMessage, note } from './desk-work.ts'
import { nameText, numberWithin, plainText } from './field.ts'
import { finding } from './finding.ts'
import { hospital } from './hospital.ts'
import { incident } from './incident.ts'
import { instant, optionalInstant, optionalText, requiredText, requiredWord, rowId } from './text.ts'
import { unit } from './unit.ts'

/** Number of a press that the device gives: the same one again is the same press. */
const pressId = nameText(64).min(8, 'Must be at least 8 characters.')

/** A crew that called for help for itself. */
export const duressAlarm = z
  .object({
    id: rowId,
    unit_id: rowId,
    unit_number: z.string(),
    raised_by: z.string(),
    /** When the button was held, by the device's clock; `raised_at` is when the server heard of it. */
    pressed_at: instant,
    raised_at: instant,
    incident_id: rowId.nullable(),
    /** Where the device was; null while it did not know. */
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    /** When a desk first said that it has seen it, and who did; null while none has. */
    acknowledged_at: instant.nullable(),
    acknowledged_by: z.string().nullable(),
    /** When a desk cleared it and why; null while it stands. */
    cleared_at: instant.nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'DuressAlarm' })
export type DuressAlarm = z.output<typeof duressAlarm>

/** Body of POST /api/units/{id}/duress/. A place that is only half known is none: nothing may refuse it. */
export const duressPress = z
  .strictObject({
    press_id: pressId,
    at: optionalInstant(),
    latitude: numberWithin(-90, 90).nullable().optional(),
    longitude: numberWithin(-180, 180).nullable().optional(),
  })
  .meta({ id: 'DuressPress' })
export type DuressPress = z.output<typeof duressPress>

/** Body of POST /api/units/{id}/duress/clear/. */
export const duressClearing = z.strictObject({ reason: requiredText(500) }).meta({ id: 'DuressClearing' })

export const delayCauses = [
  'TRAFFIC',
  'ROAD_CLOSED',
  'ADDRESS',
  'ACCESS',
  'VEHICLE',
  'CREW',
  'OTHER',
] as const
export type DelayCause = (typeof delayCauses)[number]

/** Body of POST /api/assignments/{id}/delay/; `minutes` is how long about. */
export const delayNote = z
  .strictObject({
    press_id: pressId,
    cause: requiredWord(delayCauses),
    minutes: numberWithin(1, 240, true).nullable().optional(),
    reason: plainText(200).optional(),
    at: optionalInstant(),
  })
  .meta({ id: 'DelayNote' })
export type DelayNote = z.output<typeof delayNote>

/** Body of POST /api/assignments/{id}/hospital/. */
export const hospitalChoice = z
  .strictObject({
    hospital_id: numberWithin(1, Number.MAX_SAFE_INTEGER, true),
    reason: optionalText(500),
    at: optionalInstant(),
  })
  .meta({ id: 'HospitalChoice' })
export type HospitalChoice = z.output<typeof hospitalChoice>

/** What a crew knows of the emergency it is sent to; nothing of the caller. */
const crewsIncident = incident
  .omit({
    awaiting_close_since: true,
    disposition: true,
    merged_into: true,
    reopened_at: true,
    closed_at: true,
  })
  .meta({ id: 'IncidentOfCrew' })

const partner = unit
  .pick({ unit_number: true, unit_type: true })
  .extend({ status: z.enum(assignmentStatuses) })

/** What was said, without numbers that could be called; `unsure` when the recogniser was. */
const heard = z.object({ id: rowId, at: instant, message: z.string(), unsure: z.boolean() })
export type HeardWords = z.output<typeof heard>

/** `unsure` when the AI was and nobody has confirmed it. */
const understood = finding.pick({ field: true, value: true, quote: true, told_at: true }).extend({
  unsure: z.boolean(),
})
export type Understood = z.output<typeof understood>

/** All that the phone of a crew shows. */
export const crewView = z
  .object({
    /** The server's clock when this was read. */
    at: instant,
    unit: unit
      .pick({ id: true, unit_number: true, unit_type: true, status: true })
      .extend({
        duress_at: instant.nullable(),
        /** When a desk said that it has seen the alarm; null while none has, or none stands. */
        duress_seen_at: instant.nullable(),
        crew: z.array(z.string()),
      })
      .nullable(),
    /** What crews call the desk by; null where they are given no number. */
    desk_phone: z.string().nullable(),
    assignment: assignment.nullable(),
    incident: crewsIncident.nullable(),
    /** From where the unit last was to the incident, by the straight line; null while either is not known. */
    drive: z.object({ seconds: z.number(), metres: z.number(), as_of: instant }).nullable(),
    /** Other units on their way to the incident or there; at most 20. */
    partners: z.array(partner),
    /** Where the patient is to be taken. */
    hospital: hospital
      .pick({ id: true, name: true, address: true, phone: true, latitude: true, longitude: true })
      .nullable(),
    /** How many calls there are about the incident, and languages spoken in them (BCP 47), at most 5. */
    calls: z.object({ count: rowId, languages: z.array(z.string()) }),
    /** The newest 12 utterances of callers, oldest first. */
    words: z.array(heard),
    /** What was understood from the calls, as a crew asks for it first, at most 12. */
    findings: z.array(understood),
    /** What desks wrote about the incident, the newest 5, oldest first. */
    notes: z.array(note.pick({ id: true, text: true, written_at: true })),
    /** What desks wrote to the unit within the last 12 hours, the newest 10, newest first. */
    messages: z.array(
      crewMessage.pick({ id: true, text: true, sent_at: true, sent_by: true, read_at: true }),
    ),
    /** The newest ended assignment of the unit within the last half hour. */
    ended: z
      .object({
        id: rowId,
        status: z.enum(assignmentStatuses),
        incident_number: z.string(),
        reason: z.string().nullable(),
        at: instant,
      })
      .nullable(),
  })
  .meta({ id: 'CrewView' })
export type CrewView = z.output<typeof crewView>

/** Hospitals for the patient at hand, best first, each with its reason in words. */
export const hospitalOptions = z
  .object({
    hospitals: z.array(
      z.object({
        hospital_id: rowId,
        name: z.string(),
        seconds: z.number().nullable(),
        offered_last: z.boolean(),
        reason: z.string(),
      }),
    ),
  })
  .meta({ id: 'HospitalOptions' })
export type HospitalOptions = z.output<typeof hospitalOptions>
