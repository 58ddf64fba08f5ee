import type { WarnedAssignment } from '@toneout/contract/model/assignment.ts'
import { type Refusal, type RefusalCode, refuse } from '@toneout/contract/refusals.ts'
import type { WorkedAssignment } from './rows.ts'
import { decideHeading, type HospitalSaid } from './rules-hospital.ts'
import { isNewlyRetired, shownAssignment, type Work } from './work.ts'

export const noHospital = refuse('not_found', { fields: { hospital_id: ['There is no such hospital.'] } })

type Heading = {
  before: WorkedAssignment
  after: WorkedAssignment
  said: HospitalSaid
  /** When the unit left or was redirected. */
  at: string
  /** Why somebody who may lets it go there all the same. */
  override?: string
}
type Headed = { after: WorkedAssignment; warnings: string[]; overridden: RefusalCode[] }

/** Judges the hospital of what an assignment becomes, and notes when it was named. */
export function headFor(work: Work, { before, after, said, at, override }: Heading): Headed | Refusal {
  if (isNewlyRetired(work, before, after)) return noHospital
  const isNew = after.hospital_id !== before.hospital_id
  const named_at = isNew ? null : (before.hospital_named_at ?? before.assigned_at)
  const hospital = after.hospital_id === null ? undefined : work.hospitals.get(after.hospital_id)
  const decided = decideHeading({ said, hospital, named_at, at, override })
  if ('refused' in decided) return decided
  return { ...decided, after: isNew ? { ...after, hospital_named_at: work.now } : after }
}

export function warned(
  one: WorkedAssignment,
  warnings: string[] = [],
): { status: 200; body: WarnedAssignment } {
  return { status: 200, body: { ...shownAssignment(one), warnings } }
}
