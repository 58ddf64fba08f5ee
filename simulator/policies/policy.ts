import type { Standing, Weigh } from './engine.ts'
import type { Zones } from './zones.ts'

export const policyNames = ['closest', 'coverage', 'crow'] as const
export type PolicyName = (typeof policyNames)[number]
export const isPolicy = (name: string): name is PolicyName =>
  (policyNames as readonly string[]).includes(name)

/** What each does, in words for the report. */
export const policyWords: Readonly<Record<PolicyName, string>> = {
  closest: 'the nearest by road, at every priority',
  coverage: 'priorities 1 and 2 the nearest by road; 3 and 4 may come from farther to keep the city covered',
  crow: 'the nearest by the straight line, as where no roads are known',
}

/** Seconds within which a free unit covers a zone. */
const covered = 480
/** Seconds that a unit counts as farther for each hundredth of demand that it alone covers, and at most. */
const perHundredth = 30
const mostAdded = 240
/** Metres a second as the crow flies, detour included. */
const crowSpeed = { siren: 14 / 1.3, normal: 10 / 1.3 } as const

export function weighBy(policy: PolicyName, zones: Zones): Weigh {
  if (policy === 'closest') return (_job, _fleet, seconds) => seconds
  if (policy === 'crow') {
    return (job, fleet) =>
      Float64Array.from(fleet, ({ zone }) => {
        const metres = zones.metres(zone, job.zone)
        return metres / (job.priority <= 2 ? crowSpeed.siren : crowSpeed.normal)
      })
  }
  const alone = new Float64Array(1_000)
  return (job, fleet, seconds) => {
    if (job.priority <= 2) return seconds
    measureAlone(fleet, zones, alone)
    return seconds.map((one, i) => one + Math.min(mostAdded, alone[i]! * 100 * perHundredth))
  }
}

/** For each free unit the share of the demand that no other free unit covers. */
function measureAlone(fleet: readonly Standing[], zones: Zones, alone: Float64Array): void {
  alone.fill(0)
  for (let zone = 0; zone < zones.size; zone++) {
    let only = -1
    for (let i = 0; i < fleet.length && only > -2; i++) {
      const { isFree, zone: from } = fleet[i]!
      if (isFree && zones.base(from, zone) <= covered) only = only === -1 ? i : -2
    }
    if (only >= 0) alone[only]! += zones.demand[zone]!
  }
}
