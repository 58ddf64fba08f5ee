import { type Figure, type FigureName, figureNames } from '@toneout/contract/model/analytics.ts'
import type { Priority } from '@toneout/contract/model/incident.ts'
import type { TargetName, Targets } from '@toneout/contract/model/targets.ts'
import { addSeconds, createTally, percentileOf, secondsOf, type Tally } from './tally.ts'

/** What each is counted from; the second of two where there is no call that came first. */
const starts: Readonly<Record<FigureName, readonly string[]>> = {
  answer: ['call_received'],
  processing: ['call_answered'],
  total_response: ['call_received', 'incident_received'],
  total_response_ambulance: ['call_received', 'incident_received'],
  turnout: ['assigned_at'],
  travel: ['en_route_at'],
  response: ['assigned_at'],
  scene: ['on_scene_at'],
  transport: ['transporting_at'],
  wall_time: ['at_hospital_at'],
  task: ['assigned_at'],
}

/** Seconds by priority, from 1 on; 0 for none. */
type Aims = readonly number[]
type Counted = {
  tally: Tally
  excluded: number
  first: number
  second: number
  aims: Aims
  aimed: number
  within: number
  /** Of the targets that its values had. */
  lowest: number
  highest: number
}

function aimsOf(targets: Targets, name: FigureName): Aims {
  const own = Object.hasOwn(targets, name) ? targets[name as TargetName] : undefined
  return [0, ...([1, 2, 3, 4] as Priority[]).map((priority) => own?.[priority] ?? 0)]
}

const newCounted = (targets: Targets, name: FigureName): Counted => ({
  ...{ tally: createTally(), excluded: 0, first: 0, second: 0, aims: aimsOf(targets, name) },
  ...{ aimed: 0, within: 0, lowest: Number.POSITIVE_INFINITY, highest: 0 },
})

/** A span in ms: nothing when an end is missing, an exclusion when its end is before its beginning. */
export function addSpan(to: Counted, ms: number, priority: number, isSecond = false): void {
  if (ms < 0) to.excluded += 1
  if (!(ms >= 0)) return
  const seconds = secondsOf(ms)
  addSeconds(to.tally, seconds)
  if (isSecond) to.second += 1
  else to.first += 1
  const target = to.aims[priority] as number
  if (target === 0) return
  to.aimed += 1
  if (seconds <= target) to.within += 1
  if (target < to.lowest) to.lowest = target
  if (target > to.highest) to.highest = target
}

function shown(group: string, name: FigureName, one: Counted): Figure {
  const { tally, aimed, within } = one
  const counts = [one.first, one.second]
  return {
    ...{ group, name, n: tally.n, excluded: one.excluded },
    p50: percentileOf(tally, 5),
    p90: percentileOf(tally, 9),
    target: one.lowest === one.highest ? one.highest : null,
    ...{ with_target: aimed, within, share_within: aimed > 0 ? within / aimed : null },
    clock_starts: starts[name]
      .map((start, at) => ({ start, n: counts[at] as number }))
      .filter(({ n }) => n > 0),
  }
}

const inOrder = (a: string, b: string) => (a < b ? -1 : Number(a > b))
const sortedNames = figureNames.toSorted(inOrder)
export type Group = Readonly<Record<FigureName, Counted>>

/** Figures that are being counted, by group. */
export function createGroups(targets: Targets) {
  const groups = new Map<string, Group>()
  return {
    of(group: string): Group {
      let found = groups.get(group)
      if (!found) {
        const all = figureNames.map((name) => [name, newCounted(targets, name)] as const)
        found = Object.fromEntries(all) as Group
        groups.set(group, found)
      }
      return found
    },
    /** The figures of all groups, or of those before one, which are let go. */
    takeBefore(end?: string): Figure[] {
      const names = [...groups.keys()].filter((group) => end === undefined || group < end).sort(inOrder)
      return names.flatMap((group) => {
        const counted = groups.get(group) as Group
        groups.delete(group)
        const any = sortedNames.filter((name) => counted[name].tally.n + counted[name].excluded > 0)
        return any.map((name) => shown(group, name, counted[name]))
      })
    },
  }
}
export type Groups = ReturnType<typeof createGroups>
