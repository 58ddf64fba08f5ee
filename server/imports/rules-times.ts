import type { Mapping } from '@toneout/contract/model/import-mapping.ts'

type Format = Mapping['time_format']

const clock = String.raw`(?<hour>\d\d?):(?<minute>\d\d)(:(?<second>\d\d)(\.\d+)?)?`
const date = {
  iso: String.raw`(?<year>\d{4})-(?<month>\d\d?)-(?<day>\d\d?)`,
  monthFirst: String.raw`(?<month>\d\d?)/(?<day>\d\d?)/(?<year>\d{4})`,
  dayFirst: String.raw`(?<day>\d\d?)/(?<month>\d\d?)/(?<year>\d{4})`,
}
/** Parts of an instant by name; a time without seconds is one of the whole minute. */
const forms: Readonly<Record<Exclude<Format, 'ISO 8601'>, RegExp>> = {
  'MM/DD/YYYY hh:mm:ss AM': new RegExp(`^${date.monthFirst} ${clock} (?<half>AM|PM)$`, 'i'),
  'YYYY-MM-DD HH:mm:ss': new RegExp(`^${date.iso}[ T]${clock}$`),
  'DD/MM/YYYY HH:mm:ss': new RegExp(`^${date.dayFirst} ${clock}$`),
}
const withOffset = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i

/** Twelve-hour clocks begin with 12: 12:05 AM is five past midnight. */
function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour
  if (hour < 1 || hour > 12) return undefined
  return (hour % 12) + (half.toUpperCase() === 'PM' ? 12 : 0)
}

type Local = { year: number; month: number; day: number; hour: number; minute: number; second: number }

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
const daysIn = (year: number, month: number) =>
  month === 2 && isLeap(year) ? 29 : (monthDays[month - 1] as number)

/** The local time if there is such a one. */
function judge(local: Local): Local | undefined {
  const { year, month, day, hour, minute, second } = local
  if (!(year >= 0 && hour >= 0 && hour <= 23 && minute <= 59 && second <= 59)) return undefined
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) ? local : undefined
}

function readParts(parts: Record<string, string | undefined>): Local | undefined {
  return judge({
    year: Number(parts.year),
    month: Number(parts.month),
    day: Number(parts.day),
    hour: hourOf(Number(parts.hour), parts.half) ?? Number.NaN,
    minute: Number(parts.minute),
    second: Number(parts.second ?? 0),
  })
}

/** Where the parts of an instant stand that is written with all its digits, and the signs between them. */
type Layout = {
  length: number
  at: { year: number; month: number; day: number; hour: number; half?: number }
  signs: readonly (readonly [at: number, code: number])[]
}
const [slash, dash, blank, colon, letterM] = [47, 45, 32, 58, 77]
const clockSigns = [
  [10, blank],
  [13, colon],
  [16, colon],
] as const
const dateSigns = (sign: number, first: number, second: number) =>
  [[first, sign], [second, sign], ...clockSigns] as const
const layouts: Readonly<Record<Exclude<Format, 'ISO 8601'>, Layout>> = {
  'MM/DD/YYYY hh:mm:ss AM': {
    length: 22,
    at: { month: 0, day: 3, year: 6, hour: 11, half: 20 },
    signs: [...dateSigns(slash, 2, 5), [19, blank], [21, letterM]],
  },
  'YYYY-MM-DD HH:mm:ss': {
    length: 19,
    at: { year: 0, month: 5, day: 8, hour: 11 },
    signs: dateSigns(dash, 4, 7),
  },
  'DD/MM/YYYY HH:mm:ss': {
    length: 19,
    at: { day: 0, month: 3, year: 6, hour: 11 },
    signs: dateSigns(slash, 2, 5),
  },
}

/** Two digits as a number; NaN where there are none. */
function two(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48]
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

const halves: Readonly<Record<string, string>> = { A: 'AM', P: 'PM' }

/** The same as `forms` for the one way in which tables nearly always write; most of an import is times. */
function readPlainly(text: string, { length, at, signs }: Layout): Local | undefined {
  if (text.length !== length) return undefined
  for (const [place, code] of signs) if (text.charCodeAt(place) !== code) return undefined
  const half = at.half === undefined ? undefined : halves[text.charAt(at.half)]
  if (at.half !== undefined && half === undefined) return undefined
  return judge({
    year: two(text, at.year) * 100 + two(text, at.year + 2),
    month: two(text, at.month),
    day: two(text, at.day),
    hour: hourOf(two(text, at.hour), half) ?? Number.NaN,
    minute: two(text, at.hour + 3),
    second: two(text, at.hour + 6),
  })
}

const blockMs = 900_000
const mostBlocks = 100_000
/** How much later or earlier UTC is, by quarter of an hour of local time, for each zone. */
const knownOffsets = new Map<string, Map<number, number | null>>()

const instantOf = (local: Local, zone: string) =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds

/** null where the clock changes within the quarter of an hour. */
function offsetIn(block: number, zone: string): number | null {
  const offsetAt = (ms: number) => {
    const at = new Date(ms)
    const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()]
    const [hour, minute, second] = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()]
    return instantOf({ year, month, day, hour, minute, second }, zone) - ms
  }
  const first = offsetAt(block * blockMs)
  return first === offsetAt((block + 1) * blockMs - 1_000) ? first : null
}

const dayMs = 86_400_000
/** The same by month, for those in which no clock changes, nor the day before and after. */
const knownMonths = new Map<string, Map<number, number | null>>()

/** null where the clock changes in the month. */
function offsetOfMonth(year: number, month: number, zone: string): number | null {
  const first = Temporal.PlainDateTime.from({ year, month, day: 1 })
    .subtract({ days: 1 })
    .toZonedDateTime(zone)
  const change = first.getTimeZoneTransition('next')
  const [begin, end] = [first.epochMilliseconds, Date.UTC(year, month, 1)]
  if (change && change.epochMilliseconds < Math.max(begin, end) + 2 * dayMs) return null
  return -first.offsetNanoseconds / 1e6
}

/** What `find` says of the key, kept for each zone. */
function remembered(
  known: Map<string, Map<number, number | null>>,
  zone: string,
  key: number,
  find: () => number | null,
): number | null {
  let offsets = known.get(zone)
  if (!offsets || offsets.size > mostBlocks) {
    offsets = new Map()
    known.set(zone, offsets)
  }
  let offset = offsets.get(key)
  if (offset === undefined) {
    offset = find()
    offsets.set(key, offset)
  }
  return offset
}

/** The instant of a local time. A table has many times of few hours, and asking the calendar takes long. */
function toInstant(local: Local, zone: string): number {
  const { year, month, day, hour, minute, second } = local
  const ms = Date.UTC(year, month - 1, day, hour, minute, second)
  // Clocks that changed before 1970 did so at any second; Date.UTC takes years of two digits for others.
  if (year < 1971) return instantOf(local, zone)
  const steady = remembered(knownMonths, zone, year * 12 + month, () => offsetOfMonth(year, month, zone))
  if (steady !== null) return ms + steady
  const block = Math.floor(ms / blockMs)
  const offset = remembered(knownOffsets, zone, block, () => offsetIn(block, zone))
  return offset === null ? instantOf(local, zone) : ms + offset
}

/**
 * An instant of a table -> milliseconds since 1970; undefined when it cannot be read. A local time that a
 * change of the clock repeats is the first of both, and one that it skips is as much later.
 */
export function readTime(text: string, format: Format, zone: string): number | undefined {
  if (format === 'ISO 8601') {
    if (withOffset.test(text)) {
      const at = Date.parse(text)
      return Number.isNaN(at) ? undefined : at
    }
    return readTime(text, 'YYYY-MM-DD HH:mm:ss', zone)
  }
  const local = readPlainly(text, layouts[format]) ?? readParts(forms[format].exec(text)?.groups ?? {})
  return local && toInstant(local, zone)
}
