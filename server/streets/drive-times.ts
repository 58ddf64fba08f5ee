import type { Closure, DriveFitShown, DriveSource } from '@toneout/contract/model/streets.ts'
import {
  approximateDistances,
  crowTimes,
  type Estimate,
  type Estimates,
  isPosition,
  type MaybePosition,
  type Position,
  toColumns,
} from '../lib/geo.ts'
import { type DriveOccasion, type DriveTimes, fitted, profileOf } from '../lib/geo-drives.ts'
import type { Direction } from './ends.ts'
import type { OutsideRouter } from './outside-router.ts'
import type { Roads } from './roads.ts'
import { driveBound, type Question } from './router.ts'

/** A routing server is asked for so many of the nearest; the rest is estimated. */
const askedOutside = 20

/** What drive times are made of; each is asked anew at every question, since all of them change. */
export type DriveParts = {
  roads: Pick<Roads, 'thread' | 'shown'>
  outside?: { router: OutsideRouter; host: string }
  closures: () => readonly Closure[]
  fits: () => readonly DriveFitShown[]
  /** What free drive times are multiplied by in each hour of the day, from midnight on. */
  slowdowns: () => readonly number[]
}

type Places = readonly MaybePosition[]

/** A place that roads of our own do not reach in time is at least as far as they look. */
function orFar(crow: Estimate | undefined): Estimate | undefined {
  return crow && { ...crow, seconds: Math.max(crow.seconds, driveBound) }
}

type Asked = { places: Places; one: Position; direction: Direction; when: DriveOccasion; crow: Estimates }

/** The thread of the roads, told which closures hold; messages to it stay in order. */
function closingThread({ roads, closures }: Pick<DriveParts, 'roads' | 'closures'>) {
  let told: string | undefined
  return (at: string) => {
    const thread = roads.thread()
    if (!thread) return undefined
    const held = closures().filter(({ until }) => until === null || until > at)
    const key = [roads.shown()?.loaded_at, ...held.map(({ id }) => id)].join()
    if (key !== told) void thread.close(held)
    told = key
    return thread
  }
}
type ThreadAt = ReturnType<typeof closingThread>

async function byRoad({ places, when, crow }: Asked, threadAt: ThreadAt, question: Question) {
  const thread = threadAt(when.at)
  if (!thread) return undefined
  const { latitudes, longitudes } = toColumns(places)
  const drives = await thread.times(question, latitudes, longitudes)
  if (!drives) return undefined
  return crow.map((estimate, index): Estimate | undefined => {
    const [seconds, metres] = [drives.seconds[index]!, drives.metres[index]!]
    if (Number.isNaN(seconds)) return estimate
    return seconds <= driveBound ? { seconds, metres, source: 'graph', as_of: when.at } : orFar(estimate)
  })
}

/** Routers are asked from many to one; the way back takes about as long. */
async function byRouter({ places, one, when, crow }: Asked, router: OutsideRouter) {
  const { latitudes, longitudes } = toColumns(places)
  const straight = approximateDistances(one, latitudes, longitudes)
  const nearest = [...places.keys()]
    .filter((index) => straight[index]! >= 0)
    .sort((a, b) => straight[a]! - straight[b]!)
    .slice(0, askedOutside)
  const asked = nearest.map((index) => places[index] as Position)
  const drives = asked.length > 0 ? await router.table(asked, one) : undefined
  if (!drives) return undefined
  const all = [...crow]
  for (const [place, index] of nearest.entries()) {
    const { seconds, metres } = drives[place] ?? { seconds: Number.NaN, metres: 0 }
    if (seconds >= 0) all[index] = { seconds, metres: metres || 0, source: 'router', as_of: when.at }
  }
  return all
}

const fitter = (fits: DriveParts['fits']) => (one: Estimate, priority: number) => {
  const found = fits().find((fit) => fit.source === one.source && fit.priority === priority)
  return found ? fitted(one, found) : one
}

const straightLine = (from: Position, to: Position) =>
  [from, to].map(({ longitude, latitude }): [number, number] => [longitude, latitude])

/** Drive times by the best that is there; see the port in lib/geo-drives.ts. */
export function createDriveTimes({ roads, outside, closures, fits, slowdowns }: DriveParts) {
  const threadAt = closingThread({ roads, closures })
  const fit = fitter(fits)
  const questionOf = (one: Position, direction: Direction, { priority, at }: DriveOccasion): Question => ({
    one,
    direction,
    profile: profileOf(priority),
    slowdown: slowdowns()[new Date(at).getHours()] ?? 1,
  })
  async function estimate(places: Places, one: MaybePosition, direction: Direction, when: DriveOccasion) {
    const crow = crowTimes(places, one, profileOf(when.priority), when.at)
    if (!isPosition(one) || places.length === 0) return crow
    const asked = { places, one, direction, when, crow }
    const found = await byRoad(asked, threadAt, questionOf(one, direction, when))
    return found ?? (outside && (await byRouter(asked, outside.router))) ?? crow
  }
  const drives: DriveTimes = {
    async toIncident(from, to, when) {
      const found = await estimate(from, to, 'to', when)
      return fits().length === 0 ? found : found.map((one) => one && fit(one, when.priority))
    },
    fromIncident: (to, from, when) => estimate(to, from, 'from', when),
    async route(from, to, when) {
      const thread = threadAt(when.at)
      const road = await thread?.route(questionOf(to, 'to', when), from)
      const found = road ?? (thread ? undefined : await outside?.router.route(from, to))
      const [crow] = crowTimes([from], to, profileOf(when.priority), when.at) as [Estimate]
      if (!found) return { ...fit(crow, when.priority), line: straightLine(from, to) }
      const { seconds, metres, line } = found
      const one: Estimate = { seconds, metres, source: road ? 'graph' : 'router', as_of: when.at }
      return { ...fit(one, when.priority), line }
    },
  }
  return {
    ...drives,
    /** As `toIncident`, before any fit: what fits are made from. */
    expected: (from: Places, to: MaybePosition, when: DriveOccasion) => estimate(from, to, 'to', when),
    /** What the roads find at the instant; undefined without roads. */
    find: (at: string) => threadAt(at)?.find,
    /** What is asked first. */
    source: (): DriveSource => (roads.thread() ? 'graph' : outside ? 'router' : 'crow'),
  }
}
