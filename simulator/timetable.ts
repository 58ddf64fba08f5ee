import { setTimeout as sleep } from 'node:timers/promises'

/** What happens at which moment of the simulation's clock, in milliseconds. */
export type Timetable = {
  now: () => number
  /** Things of the same moment are done in the order in which they were put down. */
  at: (moment: number, work: () => Promise<void>) => void
  /** Does it at the moment and then again and again. */
  every: (period: number, from: number, work: () => Promise<void>) => void
  /** Does all there is to do up to a moment, `speed` simulated milliseconds in a real one. */
  run: (until: number, speed: number, signal: AbortSignal) => Promise<void>
  /** Simulated milliseconds by which the clock is behind what the speed asks for. */
  late: () => number
}

/** Works of one moment and another; nothing sensible puts down more. */
const mostWaiting = 1_000_000

/**
 * One thing is done after the other, each to its end, so that the same seed gives the same commands in the
 * same order however fast the machine is; when it is slow the clock falls behind and nothing is left out.
 */
export function openTimetable(start: number): Timetable {
  const queue = createQueue()
  let now = start
  let late = 0
  const at: Timetable['at'] = (moment, work) => {
    if (queue.size() >= mostWaiting) throw new Error(`more than ${mostWaiting} things are waiting to be done`)
    queue.add(Math.max(moment, now), work)
  }
  const every: Timetable['every'] = (period, from, work) => {
    const again = (moment: number) =>
      at(moment, async () => {
        await work()
        again(Math.max(moment + period, now))
      })
    again(from)
  }
  const run: Timetable['run'] = async (until, speed, signal) => {
    const [began, from] = [performance.now(), now]
    for (;;) {
      const next = queue.first()
      const moment = Math.min(until, next ?? until)
      const left = (moment - from) / speed - (performance.now() - began)
      late = Math.max(0, -left * speed)
      if (left >= 1) await sleep(left, undefined, { signal }).catch(() => {})
      if (signal.aborted) return
      now = moment
      if (next === undefined || next > until) return
      await queue.take()()
    }
  }
  return { now: () => now, at, every, run, late: () => late }
}

type Work = () => Promise<void>

/** A binary heap by moment, then by number. */
function createQueue() {
  const heap: { moment: number; number: number; work: Work }[] = []
  let numbers = 0
  const isBefore = (a: number, b: number) => {
    const [one, other] = [heap[a]!, heap[b]!]
    return one.moment < other.moment || (one.moment === other.moment && one.number < other.number)
  }
  const swap = (a: number, b: number) => {
    ;[heap[a], heap[b]] = [heap[b]!, heap[a]!]
  }
  return {
    size: () => heap.length,
    first: () => heap[0]?.moment,
    add(moment: number, work: Work) {
      heap.push({ moment, number: numbers++, work })
      for (let at = heap.length - 1; at > 0 && isBefore(at, (at - 1) >> 1); at = (at - 1) >> 1) {
        swap(at, (at - 1) >> 1)
      }
    },
    take(): Work {
      swap(0, heap.length - 1)
      const { work } = heap.pop()!
      for (let at = 0; ; ) {
        const [left, right] = [2 * at + 1, 2 * at + 2]
        let least = at
        if (left < heap.length && isBefore(left, least)) least = left
        if (right < heap.length && isBefore(right, least)) least = right
        if (least === at) return work
        swap(at, least)
        at = least
      }
    },
  }
}
