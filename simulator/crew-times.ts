import type { EmergencyType } from '@toneout/contract/model/call.ts'
import type { Disposition } from '@toneout/contract/model/incident.ts'
import type { UnitType } from '@toneout/contract/model/unit.ts'
import type { Random } from './random.ts'

/** How long a crew takes for each part of one assignment, in seconds; `pace` stretches its drives. */
export type CrewTimes = {
  acknowledge: number
  turnout: number
  toPatient: number
  scene: number
  handover: number
  ready: number
  pace: number
}

/**
 * Medians of the minutes at the patient, and of 100 patients how many are taken to a hospital. Shorter than
 * in most centres: thirty units are to keep up with calls that are worth watching.
 */
const cases: Readonly<Record<EmergencyType, { scene: number; transported: number }>> = {
  MEDICAL: { scene: 8, transported: 64 },
  TRAUMA: { scene: 7, transported: 60 },
  CARDIAC: { scene: 12, transported: 72 },
  STROKE: { scene: 7, transported: 94 },
  RESPIRATORY: { scene: 8, transported: 78 },
  FIRE: { scene: 10, transported: 10 },
  POLICE: { scene: 10, transported: 12 },
  OTHER: { scene: 7, transported: 35 },
}

export function drawCrewTimes(random: Random, emergency: EmergencyType): CrewTimes {
  return {
    acknowledge: between(random, 5, 20),
    turnout: between(random, 20, 90),
    toPatient: between(random, 30, 150),
    scene: logNormal(random, cases[emergency].scene * 60, 0.4),
    handover: logNormal(random, 6 * 60, 0.4),
    ready: logNormal(random, 3 * 60, 0.35),
    pace: logNormal(random, 1, 0.15),
  }
}

/**
 * The patients of one emergency: how many are to be taken to a hospital, and how it ends where none is.
 * `takers` are the assignments that have left with one.
 */
export type Patients = { total: number; takers: Set<number>; otherwise: Disposition }

export const patientsLeft = ({ total, takers }: Patients) => Math.max(0, total - takers.size)

const endings: Readonly<Record<'patient' | 'heart' | 'fire', readonly Disposition[]>> = {
  patient: [
    'TREATED_AND_RELEASED',
    'TREATED_AND_RELEASED',
    'TREATED_AND_RELEASED',
    'EVALUATED_ONLY',
    'REFUSED',
    'REFUSED',
    'GONE_ON_ARRIVAL',
  ],
  heart: ['DEAD_AT_SCENE', 'DEAD_AT_SCENE', 'TREATED_AND_RELEASED', 'REFUSED'],
  fire: ['NO_PATIENT', 'NO_PATIENT', 'FALSE_ALARM', 'EVALUATED_ONLY'],
}

export function drawPatients(random: Random, emergency: EmergencyType): Patients {
  const kind = emergency === 'CARDIAC' ? 'heart' : emergency === 'FIRE' ? 'fire' : 'patient'
  const transported = random.chance(cases[emergency].transported / 100)
  return { total: Number(transported), takers: new Set(), otherwise: random.pick(endings[kind]) }
}

/** Ambulances by how much their crews may do; 0 for those that take nobody to a hospital. */
export function levelOf(type: UnitType): number {
  return ({ BASIC: 1, ADVANCED: 2, CRITICAL: 3 } as Partial<Record<UnitType, number>>)[type] ?? 0
}

function between(random: Random, least: number, most: number): number {
  return least + random.next() * (most - least)
}

/** By the method of Box and Muller; never beyond three times the spread, so that no crew stays for ever. */
function logNormal(random: Random, median: number, spread: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
  return median * Math.exp(spread * Math.min(3, Math.max(-3, normal)))
}
