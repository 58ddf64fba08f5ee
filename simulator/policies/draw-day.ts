import type { EmergencyType } from '@toneout/contract/model/call.ts'
import type { Priority } from '@toneout/contract/model/incident.ts'
import { demandAt } from '../calendar.ts'
import { chooseBy } from '../city/choose-place.ts'
import { drawCrewTimes, drawPatients } from '../crew-times.ts'
import { createRandom, type Random } from '../random.ts'
import type { Job } from './engine.ts'

export const daySeconds = 86_400

/** Shares of what ambulances are called to, and how urgent it is: our own choice of a usual city. */
const types: readonly (readonly [EmergencyType, number])[] = [
  ['MEDICAL', 0.44],
  ['TRAUMA', 0.2],
  ['CARDIAC', 0.11],
  ['STROKE', 0.05],
  ['RESPIRATORY', 0.13],
  ['OTHER', 0.07],
]
const priorities: readonly (readonly [Priority, number])[] = [
  [1, 0.12],
  [2, 0.3],
  [3, 0.36],
  [4, 0.22],
]

function pick<T>(random: Random, shares: readonly (readonly [T, number])[]): T {
  return shares[
    chooseBy(
      random,
      shares.map(([, share]) => share),
    )
  ]![0]
}

export type DayOf = { seed: string; callsPerHour: number; demand: Float64Array }

/**
 * The emergencies of a day with everything that chance decides, the same for every policy: policies then
 * differ by what they do and not by their luck.
 */
export function drawDay({ seed, callsPerHour, demand }: DayOf, day: number): Job[] {
  const random = createRandom(`${seed}/day ${day}`)
  const shares = cumulative(demand)
  const jobs: Job[] = []
  for (let hour = 0; hour < 24; hour++) {
    const rate = callsPerHour * demandAt((day * 24 + hour) * 3_600_000)
    for (let at = random.exponential(3_600 / rate); at < 3_600; at += random.exponential(3_600 / rate)) {
      jobs.push(drawJob(random, day * daySeconds + hour * 3_600 + at, shares))
    }
  }
  return jobs.sort((a, b) => a.at - b.at)
}

function drawJob(random: Random, received: number, shares: Float64Array): Job {
  const type = pick(random, types)
  const priority = pick(random, priorities)
  const { turnout, scene, handover, ready, toPatient } = drawCrewTimes(random, type)
  const { total } = drawPatients(random, type)
  const spot = random.next()
  let zone = shares.findIndex((one) => one > spot)
  if (zone < 0) zone = shares.length - 1
  return {
    ...{ received, at: received + 40 + random.next() * 60, zone, type, priority, turnout },
    lastPart: 15 + random.next() * 60,
    scene: scene + toPatient,
    handover: total > 0 ? handover + ready : undefined,
  }
}

function cumulative(demand: Float64Array): Float64Array {
  let sum = 0
  return demand.map((one) => {
    sum += one
    return sum
  })
}
