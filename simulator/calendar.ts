/** Days as a centre's week begins. */
export const weekdays = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const
export type Weekday = (typeof weekdays)[number]

const minute = 60_000
const day = 24 * 60 * minute

/** Calls of an hour of the day, times the mean: few before dawn, most from late morning to early evening. */
const byHour = [
  ...[0.62, 0.55, 0.5, 0.46, 0.45, 0.5, 0.65, 0.85, 1.05, 1.2, 1.27, 1.3],
  ...[1.3, 1.28, 1.27, 1.28, 1.3, 1.32, 1.3, 1.22, 1.12, 1, 0.87, 0.74],
]
const byDay = [1.03, 1, 0.99, 1, 1.04, 1, 0.94]
/** At weekends the nights are busier and the mornings quieter. */
const weekendByHour = [
  ...[1.5, 1.5, 1.45, 1.3, 1.1, 1, 0.85, 0.8, 0.82, 0.88, 0.92, 0.95],
  ...[0.97, 0.98, 1, 1, 1, 1, 1.02, 1.05, 1.1, 1.15, 1.25, 1.35],
]
/** Speed of the traffic, times the mean of the day, by hour; a working day has two peaks. */
const speedByHour = [
  ...[1.15, 1.18, 1.2, 1.2, 1.15, 1.08, 0.98, 0.84, 0.78, 0.88, 0.93, 0.92],
  ...[0.9, 0.91, 0.9, 0.86, 0.79, 0.75, 0.82, 0.93, 1, 1.05, 1.08, 1.12],
]
const weekendSpeed = 1.06

/** A moment of the week, in milliseconds after Monday 00:00; weeks repeat. */
export function momentOf(weekday: Weekday, hour: number, minutes: number): number {
  return weekdays.indexOf(weekday) * day + (hour * 60 + minutes) * minute
}

export const hourOf = (moment: number) => Math.floor((((moment % day) + day) % day) / (60 * minute))
const dayOf = (moment: number) => Math.floor((((moment % (7 * day)) + 7 * day) % (7 * day)) / day)
const isWeekend = (moment: number) => dayOf(moment) > 4

/** How many calls come in at that moment of the week, times the mean. */
export function demandAt(moment: number): number {
  const hour = hourOf(moment)
  return byDay[dayOf(moment)]! * byHour[hour]! * (isWeekend(moment) ? weekendByHour[hour]! : 1)
}

/** How fast traffic moves at that moment, times the usual. */
export function speedAt(moment: number): number {
  const hour = hourOf(moment)
  if (!isWeekend(moment)) return speedByHour[hour]!
  return Math.max(0.9, Math.min(1.2, speedByHour[hour]! * weekendSpeed))
}

/** Such as `Tuesday 07:40`. */
export function describeMoment(moment: number): string {
  const minutes = Math.floor((((moment % day) + day) % day) / minute)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${weekdays[dayOf(moment)]} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
