import type { ContactTestTimes } from '@toneout/contract/model/contact-test.ts'

const hour = 3_600_000
const day = 24 * hour

/** Milliseconds between two tests at least, whoever begins them. */
export const testPauseMs = 10 * 60_000

/**
 * Whether a test is to begin by itself: within the hour of the setting, so many days after the last one. A
 * server that was away in that hour waits for the next day's, so that nobody is called at night. `last` is
 * when the last one began, undefined for never; both are milliseconds since 1970.
 */
export function isTestDue(now: number, last: number | undefined, times: ContactTestTimes): boolean {
  const { every_days, hour_utc } = times
  if (every_days === null || new Date(now).getUTCHours() !== hour_utc) return false
  // Half a day off, because tests begin at any minute of the hour.
  return last === undefined || now - last >= every_days * day - 12 * hour
}
