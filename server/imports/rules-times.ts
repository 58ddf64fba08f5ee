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

function readParts(parts: Record<string, string | undefined>): Local | undefined {
  const hour = hourOf(Number(parts.hour), parts.half)
  const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)]
  const [minute, second] = [Number(parts.minute), Number(parts.second ?? 0)]
  if (hour === undefined || !(hour <= 23 && minute <= 59 && second <= 59)) return undefined
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return undefined
  return { year, month, day, hour, minute, second }
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

/** The instant of a local time. A table has many times of few hours, and asking the calendar takes long. */
function toInstant(local: Local, zone: string): number {
  const { year, month, day, hour, minute, second } = local
  const ms = Date.UTC(year, month - 1, day, hour, minute, second)
  // Clocks that changed before 1970 did so at any second; Date.UTC takes years of two digits for others.
  if (year < 1971) return instantOf(local, zone)
  let offsets = knownOffsets.get(zone)
  if (!offsets || offsets.size > mostBlocks) {
    offsets = new Map()
    knownOffsets.set(zone, offsets)
  }
  const block = Math.floor(ms / blockMs)
  let offset = offsets.get(block)
  if (offset === undefined) {
    offset = offsetIn(block, zone)
    offsets.set(block, offset)
  }
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
  const local = readParts(forms[format].exec(text)?.groups ?? {})
  return local && toInstant(local, zone)
}
