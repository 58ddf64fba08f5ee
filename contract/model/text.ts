import { z } from 'zod'

/**
 * Words an AI client writes for "I do not know": they never erase a known value.
 * `undefined` as a word comes from string templates in the clients that exist.
 */
export function isBlank(value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (typeof value !== 'string') return false
  const word = value.trim().toLowerCase()
  return word === '' || word === 'undefined' || word === 'null'
}

/** Number and boolean scalars become text, as the clients that exist send them; anything else stays. */
function asText(value: unknown): unknown {
  if (typeof value === 'string') return value.trim()
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : value
}

const blankIsUnknown = 'null, "" and "undefined" mean: not known.'
const anyCase = 'Any letter case.'

const known = (value: unknown) => (isBlank(value) ? undefined : value)

/** A word in any letter case, made small; what is no text stays. */
export function lowerCase(value: unknown): unknown {
  return typeof value === 'string' ? value.trim().toLowerCase() : value
}

/** Optional text, trimmed; a blank is undefined. `max` in UTF-16 code units. */
export function optionalText(max: number) {
  return z.preprocess(
    (value) => asText(known(value)),
    z
      .string({ error: 'Must be text.' })
      .max(max, `Must be at most ${max} characters.`)
      .meta({ description: blankIsUnknown })
      .optional(),
  )
}

/** Required text, trimmed; a blank counts as missing. */
export function requiredText(max: number) {
  return z.preprocess(
    (value) => asText(known(value)),
    z
      .string({ error: (issue) => (issue.input === undefined ? 'This field is required.' : 'Must be text.') })
      .max(max, `Must be at most ${max} characters.`),
  )
}

/**
 * Optional word of a closed list in any letter case, stored upper case; `blanks` are further words for "not
 * known".
 */
export function optionalWord<const T extends readonly [string, ...string[]]>(
  words: T,
  blanks: readonly string[] = [],
) {
  const read = (value: unknown) => {
    const text = asText(known(value))
    if (typeof text !== 'string') return text
    const upper = text.toUpperCase()
    return blanks.includes(upper) ? undefined : upper
  }
  const word = z.enum(words, { error: `Must be one of ${words.join(', ')}.` })
  return z.preprocess(read, word.meta({ description: `${anyCase} ${blankIsUnknown}` }).optional())
}

/** The same for several words with commas between them, each once; nothing is undefined. */
export function optionalWords<const T extends readonly [string, ...string[]]>(words: T) {
  const read = (value: unknown) => {
    const text = asText(known(value))
    if (typeof text !== 'string') return text
    const said = text.split(',').map((word) => word.trim().toUpperCase())
    return [...new Set(said.filter((word) => word !== ''))]
  }
  const error = `Must be one or several of ${words.join(', ')}, with commas between them.`
  const list = z.array(z.enum(words, { error }), { error }).min(1, { error })
  return z.preprocess(
    read,
    list.meta({ description: 'With commas between them, in any letter case.' }).optional(),
  )
}

/** Required word of a closed list in any letter case, stored upper case. */
export function requiredWord<const T extends readonly [string, ...string[]]>(words: T) {
  const error = (issue: { input?: unknown }) =>
    issue.input === undefined ? 'This field is required.' : `Must be one of ${words.join(', ')}.`
  const read = (value: unknown) => (typeof value === 'string' ? value.trim().toUpperCase() : value)
  return z.preprocess((value) => read(known(value)), z.enum(words, { error }).meta({ description: anyCase }))
}

/** Optional number within [min, max]; numeric text is accepted, as forms send it. */
export function optionalNumber(min: number, max: number, whole = false) {
  const read = (value: unknown) => {
    if (isBlank(value)) return undefined
    return typeof value === 'string' && /^\s*[+-]?\d+(\.\d*)?\s*$/.test(value) ? Number(value) : value
  }
  const kind = whole ? 'a whole number' : 'a number'
  const error = `Must be ${kind} from ${min} to ${max}.`
  // One fault is told once: what is out of bounds is not looked at further.
  const only = { error, abort: true }
  const base = z.number({ error }).min(min, only).max(max, only)
  return z.preprocess(read, (whole ? base.refine(Number.isSafeInteger, error) : base).optional())
}

const flags: Record<string, boolean> = {
  true: true,
  '1': true,
  yes: true,
  false: false,
  '0': false,
  no: false,
}

/** Optional true or false; the words and digits that forms send are accepted. */
export function optionalFlag() {
  const read = (value: unknown) => {
    if (isBlank(value)) return undefined
    const word = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined
    return word === undefined ? value : (flags[word.toLowerCase()] ?? value)
  }
  return z.preprocess(read, z.boolean({ error: 'Must be true or false.' }).optional())
}

const instantShape =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/i

/** ISO 8601 date or instant -> the same instant in UTC with milliseconds, or undefined when it is none. */
export function readInstant(text: string): string | undefined {
  const found = instantShape.exec(text.trim())
  if (!found) return undefined
  const [, year, month, day, hour, , , zone] = found
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  if (Number(day) > days) return undefined
  const iso = text.trim().toUpperCase().replace(' ', 'T')
  const at = new Date(hour === undefined || zone ? iso : `${iso}Z`)
  if (Number.isNaN(at.getTime())) return undefined
  const shown = at.toISOString()
  // Outside these years texts of instants have other lengths, and no call was ever made.
  return shown >= '1900' && shown < '9999-12-31' && !shown.startsWith('+') ? shown : undefined
}

/** Optional instant, normalised to UTC with milliseconds; without an offset it is read as UTC. */
export function optionalInstant() {
  const error = 'Must be an ISO 8601 instant such as 2026-11-21T07:00:00Z.'
  const read = (value: unknown) => {
    if (isBlank(value)) return undefined
    return typeof value === 'string' ? (readInstant(value) ?? Number.NaN) : value
  }
  const text = z
    .string({ error })
    .meta({ format: 'date-time', description: 'ISO 8601; without an offset, UTC.' })
  return z.preprocess(read, text.optional())
}

/** Whether it is a name of a time zone that this machine knows, such as Europe/Vienna. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** An instant in a reply. */
export const instant = z.string().meta({ format: 'date-time' })
/** A row's number in a reply; never above 2^53. */
export const rowId = z.number().int()
