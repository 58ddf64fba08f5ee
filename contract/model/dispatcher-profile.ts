import { z } from 'zod'
import { personRoles } from '../roles.ts'
import { nameText, numberWithin, plainText, rowNumber, wordList } from './field.ts'
import { instant, optionalFlag, optionalNumber, optionalText, rowId } from './text.ts'

/** What every profile tells of a person, as the server shows it. */
export const shownProfile = {
  person_id: rowId,
  username: z.string(),
  /** Whether the person may sign in and has a role this profile is for. */
  active: z.boolean(),
  employee_id: z.string(),
  full_name: z.string(),
  certifications: z.array(z.string()),
  shift: z.string(),
  experience_years: z.number().int().nullable(),
  /** Whom to call if something happens to this person; null for who may not see it. */
  emergency_contact: z.string().nullable(),
  updated_at: instant,
} as const

/** What of every profile is sent. */
export const profileFields = {
  employee_id: nameText(50),
  full_name: plainText(200),
  certifications: wordList(),
  shift: plainText(100),
  experience_years: numberWithin(0, 80, true).nullable(),
  emergency_contact: plainText(500),
} as const

/** The same for a new profile: everything but the number of the employee may be left out. */
export const newProfileFields = {
  ...profileFields,
  person_id: rowNumber(),
  full_name: profileFields.full_name.default(''),
  certifications: profileFields.certifications.default([]),
  shift: profileFields.shift.default(''),
  experience_years: profileFields.experience_years.default(null),
  emergency_contact: profileFields.emergency_contact.default(''),
} as const

/** What every list of profiles can be asked for. */
export const profileQuery = {
  person_id: optionalNumber(1, Number.MAX_SAFE_INTEGER, true),
  active: optionalFlag(),
  search: optionalText(200),
  page_size: optionalNumber(1, 500, true).transform((size) => size ?? 100),
  cursor: optionalText(500),
} as const

/** Profile of a dispatcher or a supervisor. */
export const dispatcher = z.object({ ...shownProfile, role: z.enum(personRoles) }).meta({ id: 'Dispatcher' })
export type Dispatcher = z.output<typeof dispatcher>

/** Body of POST /api/dispatchers/. */
export const dispatcherCreation = z.strictObject(newProfileFields).meta({ id: 'DispatcherCreation' })
export type DispatcherCreation = z.output<typeof dispatcherCreation>

/** Body of PATCH /api/dispatchers/{id}/; what is left out keeps its value. */
export const dispatcherChange = z.strictObject(profileFields).partial().meta({ id: 'DispatcherChange' })
export type DispatcherChange = z.output<typeof dispatcherChange>

export const dispatcherQuery = z.strictObject(profileQuery)
export type DispatcherQuery = z.output<typeof dispatcherQuery>
