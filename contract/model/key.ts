import { z } from 'zod'
import { keyRoles } from '../roles.ts'
import { nameText, numberWithin } from './field.ts'
import {
  instant,
  isBlank,
  lowerCase,
  optionalFlag,
  optionalNumber,
  optionalText,
  readInstant,
  rowId,
} from './text.ts'

/** Credential of a program as the server shows it: never with any part of the key. */
export const key = z
  .object({
    id: rowId,
    name: z.string(),
    role: z.enum(keyRoles),
    /** Requests a second and a minute; null for none of its own. Without either, those of its role. */
    rate_limit_per_second: rowId.nullable(),
    rate_limit_per_minute: rowId.nullable(),
    created_at: instant,
    /** Who made it; null for the server or a command. */
    created_by: z.string().nullable(),
    expires_at: instant.nullable(),
    /** To the minute; null for never. */
    last_used_at: instant.nullable(),
    revoked_at: instant.nullable(),
    revoked_by: z.string().nullable(),
  })
  .meta({ id: 'Key' })
export type Key = z.output<typeof key>

/** A key that was just made: the only time it is shown. */
export const newKey = key.extend({ key: z.string() }).meta({ id: 'NewKey' })
export type NewKey = z.output<typeof newKey>

const role = z.enum(keyRoles, {
  error: (issue) =>
    issue.input === undefined ? 'This field is required.' : `Must be one of ${keyRoles.join(', ')}.`,
})

const instantFault = 'Must be an ISO 8601 instant such as 2026-11-21T07:00:00Z, or null.'
/** Without an offset it is read as UTC; null for never. */
const expires_at = z.preprocess(
  (value) => (typeof value === 'string' ? (readInstant(value) ?? Number.NaN) : value),
  z.string({ error: instantFault }).meta({ format: 'date-time' }).nullable(),
)

/** The most that a key may be given: what no server reaches. */
const most = { second: 100_000, minute: 6_000_000 } as const
const limits = {
  rate_limit_per_second: numberWithin(1, most.second, true).nullable(),
  rate_limit_per_minute: numberWithin(1, most.minute, true).nullable(),
}

/** Body of POST /api/keys/. */
export const keyCreation = z
  .strictObject({
    name: nameText(100),
    role: z.preprocess(lowerCase, role),
    expires_at: expires_at.default(null),
    rate_limit_per_second: limits.rate_limit_per_second.default(null),
    rate_limit_per_minute: limits.rate_limit_per_minute.default(null),
  })
  .meta({ id: 'KeyCreation' })
export type KeyCreation = z.output<typeof keyCreation>

/** Body of PATCH /api/keys/{id}/; what is left out keeps its value. */
export const keyChange = z
  .strictObject({
    name: nameText(100).optional(),
    expires_at: expires_at.optional(),
    rate_limit_per_second: limits.rate_limit_per_second.optional(),
    rate_limit_per_minute: limits.rate_limit_per_minute.optional(),
    role: z.never({ error: 'Cannot be changed; make another key.' }).optional(),
  })
  .meta({ id: 'KeyChange' })
export type KeyChange = z.output<typeof keyChange>

export const keyQuery = z.strictObject({
  role: z.preprocess((value) => (isBlank(value) ? undefined : lowerCase(value)), role.optional()),
  revoked: optionalFlag(),
  search: optionalText(100),
  page_size: optionalNumber(1, 200, true).transform((size) => size ?? 50),
  cursor: optionalText(500),
})
export type KeyQuery = z.output<typeof keyQuery>
