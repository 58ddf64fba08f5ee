import { createBreather } from '../lib/breathe.ts'
import { createSortedInstants } from './sorted-instants.ts'

/** Changes that are walked through before others have their turn. */
const part = 50_000

/** A stretch of time in which so many were under way. */
type Visit = (from: number, to: number, n: number) => void
export type Step = { at: number; mean: number; most: number }

/**
 * How many spans were under way at each instant of a period of ms since 1970. What ends when another begins
 * is not beside it; spans that end before they begin are none.
 */
export function createLevel(since: number, until: number) {
  const [begins, ends] = [createSortedInstants(), createSortedInstants()]

  /** Stretches in their order, cut at the given instants, which ascend. */
  async function walk(cuts: readonly number[], visit: Visit): Promise<void> {
    const breathe = createBreather()
    const [up, down] = [begins.all(), ends.all()]
    let i = 0
    let j = 0
    let cut = 0
    let n = 0
    let [turns, from] = [0, since]
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
    /** Beginnings and ends of the same spans, each clipped to the period, in whatever order is at hand. */
    begins: (at: number) => begins.push(Math.max(at, since)),
    ends: (at: number) => ends.push(Math.min(at, until)),
    /** To be told after each day: what came since the last one is put in order. */
    settle(): void {
      begins.settle()
      ends.settle()
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
