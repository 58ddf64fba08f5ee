const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Offsets of a zone and from when each applies, in ms. */
type Offsets = { since: number[]; offset: number[] }

function offsetsOf(zone: string, from: number, to: number): Offsets {
  let at: Temporal.ZonedDateTime | null =
    Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone)
  const found: Offsets = { since: [], offset: [] }
  while (at && at.epochMilliseconds < to) {
    found.since.push(found.since.length === 0 ? Number.NEGATIVE_INFINITY : at.epochMilliseconds)
    found.offset.push(at.offsetNanoseconds / 1e6)
    at = at.getTimeZoneTransition('next')
  }
  return found
}

/** Local time of a zone within a period of ms since 1970, quick for instants that mostly ascend. */
export function createLocalTime(zone: string, from: number, to: number) {
  const { since, offset } = offsetsOf(zone, from, to)
  let at = 0
  const local = (ms: number) => {
    while (at > 0 && ms < (since[at] as number)) at -= 1
    while (at + 1 < since.length && ms >= (since[at + 1] as number)) at += 1
    return ms + (offset[at] as number)
  }
  return {
    /** 0 to 23. */
    hour: (ms: number) => Math.floor((((local(ms) % dayMs) + dayMs) % dayMs) / hourMs),
    /** Days since 1970. */
    day: (ms: number) => Math.floor(local(ms) / dayMs),
  }
}
export type LocalTime = ReturnType<typeof createLocalTime>

/** Of days since 1970: Monday is 1. */
export const weekdayOf = (day: number) => ((((day + 3) % 7) + 7) % 7) + 1
/** Such as 2026-11-21. */
export const dayWord = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10)
