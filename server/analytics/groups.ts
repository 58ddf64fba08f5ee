import { type Figure, type FigureName, figureNames } from '@toneout/contract/model/analytics.ts'
import type { Priority } from '@toneout/contract/model/incident.ts'
import type { TargetName, Targets } from '@toneout/contract/model/targets.ts'
import { addSeconds, clearTally, createTally, percentilesOf, type Tally } from './tally.ts'

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

const priorities = [1, 2, 3, 4] as const satisfies readonly Priority[]

/** One interval of one group. `aims` are seconds by priority; below 0 for none, which nothing is within. */
export type Counted = {
  tally: Tally
  excluded: number
  /** Of them were counted from the second of two starts. */
  second: number
  aims: Int32Array
  /** Values by priority, and of these the ones within their target. */
  byPriority: Uint32Array
  within: number
}

function aimsOf(targets: Targets, name: FigureName): Int32Array {
  const own = Object.hasOwn(targets, name) ? targets[name as TargetName] : undefined
  return Int32Array.from([-1, ...priorities.map((priority) => own?.[priority] || -1)])
}

const newCounted = (targets: Targets, name: FigureName): Counted => ({
  ...{ tally: createTally(), excluded: 0, second: 0, aims: aimsOf(targets, name) },
  ...{ byPriority: new Uint32Array(5), within: 0 },
})

function clear(counted: Counted): void {
  clearTally(counted.tally)
  counted.excluded = 0
  counted.second = 0
  counted.byPriority.fill(0)
  counted.within = 0
}

/** Seconds that are there; `priority` is from 1 to 4. */
export function addValue(to: Counted, seconds: number, priority: number): void {
  addSeconds(to.tally, seconds)
  to.byPriority[priority] = (to.byPriority[priority] as number) + 1
  if (seconds <= (to.aims[priority] as number)) to.within += 1
}

function shown(group: string, name: FigureName, one: Counted): Figure {
  const { tally, aims, byPriority, within } = one
  const counts = [tally.n - one.second, one.second]
  const aimed = priorities.filter((priority) => (aims[priority] as number) > 0 && byPriority[priority])
  const withTarget = aimed.reduce<number>((sum, priority) => sum + (byPriority[priority] as number), 0)
  const seconds = new Set(aimed.map((priority) => aims[priority] as number))
  const [p50, p90] = percentilesOf(tally, [5, 9])
  return {
    ...{ group, name, n: tally.n, excluded: one.excluded, p50: p50 ?? null, p90: p90 ?? null },
    target: seconds.size === 1 ? ([...seconds][0] as number) : null,
    ...{ with_target: withTarget, within, share_within: withTarget > 0 ? within / withTarget : null },
    clock_starts: starts[name]
      .map((start, at) => ({ start, n: counts[at] as number }))
      .filter(({ n }) => n > 0),
  }
}

const inOrder = (a: string, b: string) => (a < b ? -1 : Number(a > b))
const sortedNames = figureNames.toSorted(inOrder)

/** Figures that are being counted, by group; groups have numbers, which those that were let go leave. */
export function createGroups(targets: Targets) {
  const numbers = new Map<string, number>()
  const free: number[] = []
  const all = Object.fromEntries(figureNames.map((name) => [name, [] as Counted[]])) as Record<
    FigureName,
    Counted[]
  >
  return {
    numberOf(group: string): number {
      const known = numbers.get(group)
      if (known !== undefined) return known
      const number = free.pop() ?? all.answer.length
      numbers.set(group, number)
      for (const name of figureNames) all[name][number] ??= newCounted(targets, name)
      return number
    },
    /** By number of the group. */
    of: (name: FigureName): readonly Counted[] => all[name],
    /** The figures of all groups, or of those before one, which are let go. */
    takeBefore(end?: string): Figure[] {
      const names = [...numbers.keys()].filter((group) => end === undefined || group < end).sort(inOrder)
      return names.flatMap((group) => {
        const number = numbers.get(group) as number
        const any = sortedNames.filter((name) => {
          const { tally, excluded } = all[name][number] as Counted
          return tally.n + excluded > 0
        })
        const figures = any.map((name) => shown(group, name, all[name][number] as Counted))
        numbers.delete(group)
        free.push(number)
        for (const name of any) clear(all[name][number] as Counted)
        return figures
      })
    },
  }
}
export type Groups = ReturnType<typeof createGroups>
