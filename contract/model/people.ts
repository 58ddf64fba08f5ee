import { z } from 'zod'
import { personRoles } from '../roles.ts'
import { nameText, rowNumber } from './field.ts'
import { instant, isBlank, lowerCase, optionalFlag, optionalNumber, optionalText, rowId } from './text.ts'

/** Somebody who may sign in, or may not any more, as the server shows them: never with a password. */
export const person = z
  .object({
    id: rowId,
    username: z.string(),
    role: z.enum(personRoles),
    active: z.boolean(),
    /** The hospital somebody with the role hospital speaks for. */
    hospital_id: rowId.nullable(),
    /** Whether an authenticator app is set up: then a code is asked for at every sign-in. */
    second_factor: z.boolean(),
    created_at: instant,
  })
  .meta({ id: 'Person' })
export type Person = z.output<typeof person>

/** Lengths of a new password, in UTF-16 code units. */
export const passwordLength = { min: 12, max: 128 } as const
export const passwordLengthFault = `Must have ${passwordLength.min} to ${passwordLength.max} characters.`

const password = z
  .string({ error: (issue) => (issue.input === undefined ? 'This field is required.' : 'Must be text.') })
  .min(passwordLength.min, passwordLengthFault)
  .max(passwordLength.max, passwordLengthFault)
  .meta({ format: 'password' })

/** How a username is compared: compatibility forms and letter case make no other person. */
export const usernameForm = (name: string): string => name.trim().normalize('NFKC').toLowerCase()

const plainName = /^[a-z0-9][a-z0-9._@+-]*$/
export const usernameFault = 'Use a to z, digits and . _ @ + -, with a letter or digit first.'
/** Whether a new account may have the name: letters of other scripts look like these and are not. */
export const isPlainUsername = (name: string) => name.length <= 150 && plainName.test(name)

/** Of a new account; accounts that are older than this rule keep their names. */
const username = z.preprocess(
  (value) => (typeof value === 'string' ? usernameForm(value) : value),
  nameText(150).regex(plainName, usernameFault),
)

const oneRole = z.enum(personRoles, {
  error: (issue) =>
    issue.input === undefined ? 'This field is required.' : `Must be one of ${personRoles.join(', ')}.`,
})
const role = z.preprocess(lowerCase, oneRole)
const hospital_id = rowNumber().nullable()

/** Body of POST /api/people/. */
export const personCreation = z
  .strictObject({ username, password, role, hospital_id: hospital_id.default(null) })
  .meta({ id: 'PersonCreation' })
export type PersonCreation = z.output<typeof personCreation>

/** Body of PATCH /api/people/{id}/; what is left out keeps its value. */
export const personChange = z
  .strictObject({
    role: role.optional(),
    active: z.boolean({ error: 'Must be true or false.' }).optional(),
    hospital_id: hospital_id.optional(),
    username: z.never({ error: 'Cannot be changed: the timeline names people by it.' }).optional(),
  })
  .meta({ id: 'PersonChange' })
export type PersonChange = z.output<typeof personChange>

/** Body of POST /api/people/{id}/password/. */
export const newPassword = z.strictObject({ password }).meta({ id: 'NewPassword' })

export const personQuery = z.strictObject({
  role: z.preprocess((value) => (isBlank(value) ? undefined : lowerCase(value)), oneRole.optional()),
  active: optionalFlag(),
  search: optionalText(150),
  page_size: optionalNumber(1, 500, true).transform((size) => size ?? 100),
  cursor: optionalText(500),
})
export type PersonQuery = z.output<typeof personQuery>
