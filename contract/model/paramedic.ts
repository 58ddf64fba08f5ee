import { z } from 'zod'
import { newProfileFields, profileFields, profileQuery, shownProfile } from './dispatcher-profile.ts'
import { nameText, rowNumber, wordList } from './field.ts'
import { optionalFlag, optionalNumber, optionalWord, readInstant, rowId } from './text.ts'

export const licenceStates = ['VALID', 'EXPIRED'] as const

/** Profile of a paramedic. */
export const paramedic = z
  .object({
    ...shownProfile,
    license_number: z.string(),
    /** Last day of the licence, such as 2026-11-30; null when none is known, which counts as expired. */
    license_expiry: z.string().meta({ format: 'date' }).nullable(),
    /** Whether the licence is good today where the centre is; it is for the whole of its last day. */
    licence_valid: z.boolean(),
    specialties: z.array(z.string()),
    unit_id: rowId.nullable(),
    /** Whether the person is to be sent. */
    available: z.boolean(),
    /** The live assignment the person leads; null while on none. */
    assignment_id: rowId.nullable(),
  })
  .meta({ id: 'Paramedic' })
export type Paramedic = z.output<typeof paramedic>

const dayFault = 'Must be a day such as 2026-11-30.'
const isDay = (text: string) => text.length === 10 && readInstant(text)?.startsWith(text) === true

const fields = {
  ...profileFields,
  license_number: nameText(100),
  license_expiry: z
    .string({ error: dayFault })
    .trim()
    .refine(isDay, dayFault)
    .meta({ format: 'date' })
    .nullable(),
  specialties: wordList(),
  unit_id: rowNumber().nullable(),
  available: z.boolean({ error: 'Must be true or false.' }),
}

/** Body of POST /api/paramedics/. */
export const paramedicCreation = z
  .strictObject({
    ...fields,
    ...newProfileFields,
    license_expiry: fields.license_expiry.default(null),
    specialties: fields.specialties.default([]),
    unit_id: fields.unit_id.default(null),
    available: fields.available.default(true),
  })
  .meta({ id: 'ParamedicCreation' })
export type ParamedicCreation = z.output<typeof paramedicCreation>

/** Body of PATCH /api/paramedics/{id}/; what is left out keeps its value. */
export const paramedicChange = z.strictObject(fields).partial().meta({ id: 'ParamedicChange' })
export type ParamedicChange = z.output<typeof paramedicChange>

export const paramedicQuery = z.strictObject({
  ...profileQuery,
  unit_id: optionalNumber(1, Number.MAX_SAFE_INTEGER, true),
  available: optionalFlag(),
  licence: optionalWord(licenceStates),
})
export type ParamedicQuery = z.output<typeof paramedicQuery>
