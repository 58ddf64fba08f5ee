import { choosePlace, type Place } from './city/choose-place.ts'
import { type PlannedCall, planCall } from './plan-call.ts'
import { createRandom, type Random } from './random.ts'
import type { Script } from './script.ts'

/** How busy the phones are: calls an hour on average, before the ups and downs. */
export type Demand = {
  seed: string
  minutes: number
  callsPerHour: number
  /** It goes on from an hour before: the first minute is like any other. */
  goesOn?: boolean
  /** Hour of the day, 0 to 23: where people are. Noon when not said. */
  hour?: number
  /** Scripts that are told more often, and how many times. */
  more?: Readonly<Record<string, number>>
}

/** What thirty units can keep up with: not quite half of them are out at any moment. */
export const defaultCallsPerHour = 28

/**
 * The calls of one stretch of time, in the order in which they ring. The same scripts and the same demand
 * give the same hour, byte for byte.
 */
export function planHour(scripts: ReadonlyMap<string, Script>, demand: Demand): PlannedCall[] {
  const random = createRandom(demand.seed)
  const deal = dealer(scripts, random.stream('mix'), demand.more ?? {})
  const calls: PlannedCall[] = []
  const play = (at: number, script: Script, place?: Place) => {
    const key = String(calls.length + 1).padStart(5, '0')
    const source = random.stream(`call ${key}`)
    const where = place ?? choosePlace(source.stream('place'), script.at, demand.hour)
    const call = planCall(key, at, script, source, where)
    calls.push(call)
    return call
  }
  for (const at of arrivals(demand, random.stream('arrivals'))) {
    const script = deal()
    const call = play(at, script)
    const others = script.witnesses ? scripts.get(script.witnesses.script) : undefined
    if (!others) continue
    const crowd = random.stream(`crowd ${call.key}`)
    // People around a crash or a fire call within the first two minutes.
    for (let n = crowd.int(0, script.witnesses?.most ?? 0); n > 0; n--) {
      play(at + crowd.int(8_000, 110_000), others, call.place)
    }
  }
  return calls.sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))
}

/** Ringing times in ms. Poisson, its rate changing every few minutes; the first minute opens busy. */
function arrivals(demand: Demand, random: Random): number[] {
  const end = demand.minutes * 60_000
  const mean = 3_600_000 / demand.callsPerHour
  const times: number[] = []
  const opening = demand.goesOn ? 0 : 45_000
  let at = random.int(200, 1_500)
  let change = opening
  let rate = 1
  while (at < end) {
    times.push(Math.round(at))
    if (at > change) {
      rate = random.pick([0.85, 0.9, 0.95, 1, 1, 1.05, 1.1, 1.2])
      change = at + random.int(3, 9) * 60_000
    }
    at +=
      at < opening
        ? Math.min(random.exponential(mean / 3), random.int(7_000, 14_000))
        : random.exponential(mean / rate)
  }
  return times
}

/** Deals scripts like cards, as many of each as its weight, and never one of the last dozen again. */
function dealer(
  scripts: ReadonlyMap<string, Script>,
  random: Random,
  more: Readonly<Record<string, number>>,
): () => Script {
  const deck = [...scripts.values()].flatMap((script) =>
    script.onlyAsWitness
      ? []
      : Array.from({ length: Math.round(script.weight * (more[script.name] ?? 1)) }, () => script),
  )
  if (deck.length === 0) throw new Error('no script may start by itself')
  const unlike = Math.min(12, scripts.size >> 1)
  let hand: Script[] = []
  let recent: Script[] = []
  return () => {
    if (hand.length < unlike) hand = [...random.shuffled(deck), ...hand]
    const at = hand.findLastIndex((script) => !recent.includes(script))
    const [script] = hand.splice(at < 0 ? hand.length - 1 : at, 1)
    recent = [...recent, script!].slice(-unlike)
    return script!
  }
}
