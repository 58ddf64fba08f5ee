import { createBreather } from '../lib/breathe.ts'

const bucketMs = 86_400_000
/** Numbers that are walked through before others have their turn. */
const part = 50_000

/** Instants that grow by doubling. */
function createInstants() {
  let held = new Float64Array(1_024)
  let n = 0
  return {
    push(at: number) {
      if (n === held.length) {
        const longer = new Float64Array(2 * n)
        longer.set(held)
        held = longer
      }
      held[n] = at
      n += 1
    },
    all: () => held.subarray(0, n),
  }
}

type Breather = ReturnType<typeof createBreather>

/** Sorts instants between two of them day by day, so that nobody waits for all of it. */
async function sortInDays(all: Float64Array, since: number, until: number, breathe: Breather) {
  const bucketOf = (at: number) => Math.floor((at - since) / bucketMs)
  const places = new Uint32Array(bucketOf(until) + 2)
  for (let one = 0; one < all.length; one += 1) {
    const next = bucketOf(all[one] as number) + 1
    places[next] = (places[next] as number) + 1
    if (one % part === 0) await breathe()
  }
  for (let day = 1; day < places.length; day += 1) {
    places[day] = (places[day] as number) + (places[day - 1] as number)
  }
  const next = places.slice()
  const sorted = new Float64Array(all.length)
  for (let one = 0; one < all.length; one += 1) {
    const at = all[one] as number
    const day = bucketOf(at)
    sorted[next[day] as number] = at
    next[day] = (next[day] as number) + 1
    if (one % part === 0) await breathe()
  }
  for (let day = 0; day + 1 < places.length; day += 1) {
    sorted.subarray(places[day], places[day + 1]).sort()
    await breathe()
  }
  return sorted
}

/** A stretch of time in which so many were under way. */
type Visit = (from: number, to: number, n: number) => void
export type Step = { at: number; mean: number; most: number }

/**
 * How many spans were under way at each instant of a period of ms since 1970. What ends when another begins
 * is not beside it; spans that end before they begin are none.
 */
export function createLevel(since: number, until: number) {
  const [begins, ends] = [createInstants(), createInstants()]

  /** Stretches in their order, cut at the given instants, which ascend. */
  async function walk(cuts: readonly number[], visit: Visit): Promise<void> {
    const breathe = createBreather()
    const up = await sortInDays(begins.all(), since, until, breathe)
    const down = await sortInDays(ends.all(), since, until, breathe)
    let i = 0
    let j = 0
    let cut = 0
    let n = 0
    let turns = 0
    let from = since
    while (from < until) {
      const begin = up[i] ?? until
      const end = down[j] ?? until
      const edge = cuts[cut] ?? until
      const next = Math.min(begin, end, edge, until)
      if (next > from) visit(from, next, n)
      from = next
      for (; j < down.length && down[j] === next; j += 1) n -= 1
      for (; i < up.length && up[i] === next; i += 1) n += 1
      while (cut < cuts.length && (cuts[cut] as number) <= next) cut += 1
      turns += 1
      if (turns % part === 0) await breathe()
    }
  }

  return {
    add(from: number, to: number) {
      const begin = Math.max(from, since)
      const end = Math.min(to, until)
      if (!(end > begin) || to < from) return
      begins.push(begin)
      ends.push(end)
    },
    walk,
    /** The mean and the most of each step, from its beginning to the next one's. */
    async inSteps(steps: readonly number[]): Promise<Step[]> {
      const found = steps.map((at) => ({ at, sum: 0, most: 0 }))
      let at = 0
      await walk(steps, (from, to, n) => {
        while (at + 1 < steps.length && from >= (steps[at + 1] as number)) at += 1
        const step = found[at] as (typeof found)[number]
        step.sum += n * (to - from)
        step.most = Math.max(step.most, n)
      })
      const lengthOf = (index: number) => (steps[index + 1] ?? until) - (steps[index] as number)
      return found.map(({ at, sum, most }, index) => ({ at, mean: sum / lengthOf(index), most }))
    },
  }
}
export type Level = ReturnType<typeof createLevel>
