import { z } from 'zod'
import { rowId } from './text.ts'

/**
 * Fields of bodies that are refused when they are not as they should be: here null erases where that is
 * allowed, and blanks are values, unlike on the AI dispatcher's endpoints.
 */
const missing = 'This field is required.'

const orMissing = (error: string) => (issue: { input?: unknown }) =>
  issue.input === undefined ? missing : error

/** Text, trimmed, that may be empty. `max` in UTF-16 code units. */
export function plainText(max: number) {
  return z
    .string({ error: orMissing('Must be text.') })
    .trim()
    .max(max, `Must be at most ${max} characters.`)
}

/** Text, trimmed, of at least one character. */
export function nameText(max: number) {
  return plainText(max).min(1, 'Must not be empty.')
}

/** A list of short texts in the centre's own words; at most 50. */
export function wordList() {
  return z.array(nameText(50), { error: 'Must be a list of texts.' }).max(50, 'Must be at most 50 texts.')
}

/** A list of words of a closed list in any letter case, each once, in the order of the closed list. */
export function closedList<const T extends readonly [string, ...string[]]>(words: T) {
  const error = `Must be a list of ${words.join(', ')}.`
  const read = (value: unknown) => (typeof value === 'string' ? value.trim().toUpperCase() : value)
  return z
    .array(z.preprocess(read, z.enum(words, { error })), { error })
    .max(100, error)
    .transform((given) => words.filter((one) => (given as readonly string[]).includes(one)) as T[number][])
}

/** A number within [min, max]. */
export function numberWithin(min: number, max: number, whole = false) {
  const error = `Must be ${whole ? 'a whole number' : 'a number'} from ${min} to ${max}.`
  const base = z.number({ error: orMissing(error) })
  // One fault is told once: what is no whole number is not looked at further.
  return (whole ? base.int({ error, abort: true }) : base).min(min, error).max(max, error)
}

/** A row's number in a body. */
export function rowNumber() {
  return numberWithin(1, Number.MAX_SAFE_INTEGER, true)
}

export const place = { latitude: numberWithin(-90, 90), longitude: numberWithin(-180, 180) }

/** The row's number in a path. */
export const oneRow = z.object({
  id: z.coerce
    .string()
    .regex(/^\d{1,15}$/, 'Must be a whole number.')
    .transform(Number),
})

/** A page of a list; `next` and `previous` are addresses, null at the ends. */
export function pageOf<T extends z.ZodType>(row: T) {
  return z.object({
    count: rowId,
    count_exact: z.boolean(),
    next: z.string().nullable(),
    previous: z.string().nullable(),
    results: z.array(row),
  })
}
