const two = (value: number) => String(value).padStart(2, '0')
const dayOf = (date: Date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
const shape = /^\d{4}-\d\d-\d\d$/

/** Midnight where the reader is, so many days after a day such as 2026-11-21; undefined when it is no day. */
function midnight(day: string, later = 0): Date | undefined {
  if (!shape.test(day)) return undefined
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const at = new Date(year, month - 1, date + later)
  return Number.isNaN(at.getTime()) || at.getFullYear() < 1970 ? undefined : at
}

export type Days = { first: string; last: string }

const usual = 28

/** The days of an address, both included; without them the 28 days that end today. */
export function readDays(first: string | null, last: string | null, now: number): Days {
  const today = new Date(now)
  const end = last && midnight(last) ? last : dayOf(today)
  const begin = new Date((midnight(end) as Date).getTime())
  begin.setDate(begin.getDate() - usual + 1)
  const known = first && midnight(first) && first <= end ? first : dayOf(begin)
  return { first: known, last: end }
}

/** The instants from the first of the days to the end of the last. */
export function instantsOf({ first, last }: Days): { from: string; to: string } {
  return {
    from: (midnight(first) as Date).toISOString(),
    to: (midnight(last, 1) as Date).toISOString(),
  }
}
