import { type Assignment, effectiveMilestones, isLive } from '@toneout/contract/model/assignment.ts'
import type { Diversion, EmergencyLoad } from '@toneout/contract/model/hospital.ts'
import { type Refusal, type RefusalCode, refuse } from '@toneout/contract/refusals.ts'
import type { Step } from './rules.ts'

export type HospitalAtHand = { id: number; diversion: Diversion; emergency_capacity: EmergencyLoad }

const closed = 'The hospital is closed to ambulances'

/** Why nobody may be sent there now; undefined when somebody may. */
export function judgeHospital(hospital: HospitalAtHand | undefined): Refusal | undefined {
  if (hospital?.diversion !== 'CLOSED') return undefined
  return refuse('hospital_closed', { fields: { hospital_id: [closed] } })
}

/** What is to be said about a hospital that a unit goes to all the same. */
export function warnOfHospital(hospital: HospitalAtHand | undefined): string[] {
  return [
    ...(hospital?.diversion === 'CLOSED' ? [`${closed}.`] : []),
    ...(hospital?.emergency_capacity === 'FULL' ? ['The emergency department of the hospital is full.'] : []),
  ]
}

/**
 * What a step or a correction does about the hospital: it chooses where to go, tells where the unit is by now
 * or was, or is not about it.
 */
export type HospitalSaid = 'chosen' | 'told' | 'none'

const towards = new Set(['ACKNOWLEDGED', 'EN_ROUTE', 'ON_SCENE', 'AT_PATIENT', 'TRANSPORTING'])

type Named = Pick<Assignment, 'hospital_id'>

/** Leaving for a hospital chooses it, also one that was named long before. */
export function saidByStep(before: Named, after: Named, to: Step['to']): HospitalSaid {
  if (to === 'TRANSPORTING') return 'chosen'
  if (after.hospital_id === before.hospital_id) return 'none'
  return towards.has(to) ? 'chosen' : 'told'
}

/** A correction redirects a unit that has not arrived; of any other it tells where it was. */
export function saidByCorrection(before: Named, after: Assignment): HospitalSaid {
  if (after.hospital_id === before.hospital_id) return 'none'
  return isLive(after.status) && effectiveMilestones(after).at_hospital_at === null ? 'chosen' : 'told'
}

export type Heading = {
  said: HospitalSaid
  hospital: (HospitalAtHand & { diversion_since: string | null }) | undefined
  /** When it was named, null when that is only now. */
  named_at: string | null
  /** When the unit left or was redirected. */
  at: string
  /** Why a supervisor lets it go there all the same; undefined for anybody else. */
  override?: string
}

/**
 * Whether a unit may take its patient there. What closed it must come before the choice: a hospital that was
 * closed when it was named was let pass then, and one that closed after a crew had left is no reason to
 * refuse what happened. No crew is held up by where it already is.
 */
export function decideHeading({ said, hospital, named_at, at, override }: Heading) {
  if (said === 'none') return { warnings: [], overridden: [] as RefusalCode[] }
  const warnings = warnOfHospital(hospital)
  const refusal = judgeHospital(hospital)
  const since = hospital?.diversion_since ?? ''
  const mayPass = said === 'told' || (named_at !== null && since <= named_at) || at < since
  if (!refusal || mayPass) return { warnings, overridden: [] as RefusalCode[] }
  return override === undefined ? refusal : { warnings, overridden: [refusal.refused] }
}
