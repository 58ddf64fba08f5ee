import { z } from 'zod'
import { numberWithin } from './field.ts'

/** Intervals that a centre sets itself a target for; what each is between is in intervals.ts. */
export const targetNames = [
  'answer',
  'processing',
  'turnout',
  'travel',
  'scene',
  'wall_time',
  'total_response',
  'total_response_ambulance',
] as const
export type TargetName = (typeof targetNames)[number]

const shown = z.number().int().nullable()
const byPriority = z.object({ 1: shown, 2: shown, 3: shown, 4: shown })
type ByPriority = z.output<typeof byPriority>

const all = <T>(one: T) => Object.fromEntries(targetNames.map((name) => [name, one])) as Record<TargetName, T>

/** Seconds by interval and priority; null where there is none. */
export const targets = z.object(all(byPriority)).meta({ id: 'Targets' })
export type Targets = Readonly<Record<TargetName, Readonly<ByPriority>>>

const seconds = numberWithin(1, 86_400, true).nullable()
const change = z
  .strictObject({ 1: seconds, 2: seconds, 3: seconds, 4: seconds }, 'Must be priorities.')
  .partial()
/** What is left out keeps its value. */
export const targetsChange = z.strictObject(all(change), 'Must be intervals.').partial()

const each = (one: number, two: number, three: number, four: number) => ({
  1: one,
  2: two,
  3: three,
  4: four,
})
const grave = { 1: 539, 2: null, 3: null, 4: null }

/**
 * For the gravest: answer NENA-STA-020.1; processing NFPA 1225; turnout and travel NFPA 1710; total response
 * 8:59, a custom of the trade. The others are our own choices.
 */
export const defaultTargets: Targets = {
  answer: each(15, 15, 15, 15),
  processing: each(60, 60, 180, 600),
  turnout: each(60, 60, 90, 120),
  travel: each(240, 480, 900, 1_800),
  scene: each(1_200, 1_200, 1_800, 1_800),
  wall_time: each(1_200, 1_200, 1_800, 1_800),
  total_response: grave,
  total_response_ambulance: grave,
}
