/** What a person reads where a value is not known. */
export const dash = '–'

const two = (value: number) => String(value).padStart(2, '0')

/** Seconds -> m:ss, from an hour on h:mm:ss. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** Place in a call, mm:ss from its beginning; a line said before it (clocks differ) is at 00:00. */
export function offset(from: string, at: string): string {
  const text = duration((Date.parse(at) - Date.parse(from)) / 1000)
  return text.length < 5 ? `0${text}` : text
}

/** Local time of day, 24 h, with seconds. */
export function clockTime(at: number | string): string {
  const date = new Date(at)
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** Local day with its month by name: 21 Nov, or 21 November 2026. */
export function dayOf(at: string, style: 'short' | 'long'): string {
  const date = new Date(at)
  const month = months[date.getMonth()]!
  const day = date.getDate()
  return style === 'short' ? `${day} ${month.slice(0, 3)}` : `${day} ${month} ${date.getFullYear()}`
}

/** 21 Nov 16:40, and with the year where it is not this one. */
export function stamp(at: string, now: number): string {
  const date = new Date(at)
  const year = date.getFullYear() === new Date(now).getFullYear() ? '' : ` ${date.getFullYear()}`
  return `${dayOf(at, 'short')}${year} ${two(date.getHours())}:${two(date.getMinutes())}`
}

/** 21 Nov 2026. */
export const dayAndYear = (at: string) => `${dayOf(at, 'short')} ${new Date(at).getFullYear()}`

/** Degrees north and east with five decimals, about a metre. */
export function position(latitude: number | null, longitude: number | null): string | null {
  if (latitude === null || longitude === null) return null
  return `${degrees(latitude)}, ${degrees(longitude)}`
}

const degrees = (value: number) => value.toFixed(5).replace('-', '−')

/** 38210 -> 38,210; an estimate says so. */
export function amount(count: number, exact = true): string {
  const digits = String(count).replace(/\B(?=(\d{3})+$)/g, ',')
  return exact ? digits : `about ${digits}`
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${amount(count)} ${count === 1 ? one : many}`
}

/** The start of the local day that `now` is in, as an instant. */
export function startOfDay(now: number): string {
  const date = new Date(now)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).toISOString()
}

/** 1,234,567 bytes -> 1.2 MB. */
export const bytesWords = (bytes: number) =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`
