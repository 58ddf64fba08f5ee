import type { Diversion, EmergencyLoad, HospitalChange } from '@toneout/contract/model/hospital.ts'
import type { Random } from './random.ts'

export type Beds = { total_beds: number; available_beds: number; diversion: Diversion }
/** A diversion that the demo has called, and simulated milliseconds until it ends. */
export type Diverted = { hospital_id: number; until: number }

/** Simulated minutes between two looks at the hospitals. */
export const lookEveryMinutes = 4
/** Share of the way back to the usual number of free beds at each look. */
const pull = 0.12
/** At each look and hospital, while none is diverted: with four hospitals every second hour or so. */
const diversionChance = 0.008

/**
 * How many beds are free some minutes later, and how busy that is. Beds come and go by twos and threes
 * around what is usual there.
 */
export function driftBeds(
  random: Random,
  now: Beds,
  usual: number,
): Pick<HospitalChange, 'available_beds' | 'emergency_capacity'> {
  const { total_beds, available_beds } = now
  const drift =
    (usual - available_beds) * pull + random.int(-2, 2) + (random.chance(0.1) ? random.int(-3, 1) : 0)
  const free = Math.max(0, Math.min(total_beds, Math.round(available_beds + drift)))
  return { available_beds: free, emergency_capacity: loadOf(free / Math.max(1, total_beds)) }
}

function loadOf(share: number): EmergencyLoad {
  if (share >= 0.25) return 'LOW'
  if (share >= 0.14) return 'MODERATE'
  return share >= 0.04 ? 'HIGH' : 'FULL'
}

/** Whether a hospital that takes everybody calls a diversion now, and for how many minutes. */
export function drawDiversion(random: Random): { diversion: Diversion; minutes: number } | undefined {
  if (!random.chance(diversionChance)) return undefined
  return { diversion: random.pick(['ADVISORY', 'ADVISORY', 'CLOSED']), minutes: random.int(20, 45) }
}
