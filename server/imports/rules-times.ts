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

function readParts(parts: Record<string, string | undefined>): Temporal.PlainDateTime | undefined {
  const hour = hourOf(Number(parts.hour), parts.half)
  if (hour === undefined) return undefined
  const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)]
  const [minute, second] = [Number(parts.minute), Number(parts.second ?? 0)]
  try {
    return Temporal.PlainDateTime.from({ year, month, day, hour, minute, second }, { overflow: 'reject' })
  } catch {
    return undefined
  }
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
  return local?.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds
}
