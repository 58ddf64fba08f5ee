import { z } from 'zod'
import { personRoles } from '../roles.ts'
import { instant, optionalText, rowId } from './text.ts'

/** What is asked of somebody beside the password. */
const secondFactor = z.object({
  /** Whether an authenticator app is set up: then a code is asked for at every sign-in. */
  enrolled: z.boolean(),
  /** Whether the centre asks this role for one. */
  required: z.boolean(),
  /** From when nothing else works until it is set up; null when it is, or none is required. */
  due_at: instant.nullable(),
})

/** The person who is signed in. */
export const me = z
  .object({
    id: rowId,
    username: z.string(),
    role: z.enum(personRoles),
    second_factor: secondFactor,
  })
  .meta({ id: 'Me' })
export type Me = z.output<typeof me>

const plain = (max: number) =>
  z
    .string({ error: (issue) => (issue.input === undefined ? 'This field is required.' : 'Must be text.') })
    .min(1, 'This field is required.')
    .max(max, `Must be at most ${max} characters.`)

/** Never judged by its length: what is asked for may be older than the rules. */
const givenPassword = plain(1_024).meta({ format: 'password' })
const givenCode = plain(64)

/** As programs send them: unknown keys are ignored. `code` is of the app, or a recovery code. */
export const credentials = z
  .object({ username: plain(150), password: givenPassword, code: optionalText(64) })
  .meta({ id: 'Credentials' })
export type Credentials = z.output<typeof credentials>

export const refreshBody = z.object({ refresh: plain(4_096) }).meta({ id: 'RefreshBody' })

/** Body of POST /api/auth/password/. The length of `new` is told with what else is weak about it. */
export const passwordChange = z
  .strictObject({ current: givenPassword, new: givenPassword })
  .meta({ id: 'PasswordChange' })
export type PasswordChange = z.output<typeof passwordChange>

export const passwordProof = z.strictObject({ password: givenPassword }).meta({ id: 'PasswordProof' })
export const codeProof = z.strictObject({ code: givenCode }).meta({ id: 'CodeProof' })
export const bothProofs = z
  .strictObject({ password: givenPassword, code: givenCode })
  .meta({ id: 'PasswordAndCode' })
export type BothProofs = z.output<typeof bothProofs>

/** What an authenticator app is set up with: `uri` as a QR code, or `secret` typed in (base32). */
export const newSecondFactor = z
  .object({ secret: z.string(), uri: z.string() })
  .meta({ id: 'NewSecondFactor' })
export type NewSecondFactor = z.output<typeof newSecondFactor>

/** Shown once; each stands in for one code. */
export const recoveryCodes = z.object({ recovery_codes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' })

/** Signed-in browsers of a person, the newest first. */
export const ownSessions = z
  .object({
    results: z.array(
      z.object({
        id: rowId,
        created_at: instant,
        expires_at: instant,
        /** To the minute. */
        last_seen_at: instant.nullable(),
        /** Whether it is the one that asks. */
        current: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'OwnSessions' })
export type OwnSessions = z.output<typeof ownSessions>
