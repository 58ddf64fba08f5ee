import type { DispatcherChange, DispatcherCreation } from '@toneout/contract/model/dispatcher-profile.ts'
import type { ParamedicChange, ParamedicCreation } from '@toneout/contract/model/paramedic.ts'
import type { Person, PersonChange } from '@toneout/contract/model/people.ts'
import { type FieldErrors, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import { dispatchers, keepers, type PersonRole, type Role } from '@toneout/contract/roles.ts'

type Account = Pick<Person, 'id' | 'role' | 'active' | 'hospital_id'>

/** What the account becomes. Who leaves the role hospital speaks for no hospital any more. */
export function changedAccount(before: Account, { role, active, hospital_id }: PersonChange): Account {
  const after = { id: before.id, role: role ?? before.role, active: active ?? before.active }
  const kept = after.role === 'hospital' ? before.hospital_id : null
  return { ...after, hospital_id: hospital_id === undefined ? kept : hospital_id }
}

/** Why somebody of this role cannot speak for a hospital; undefined when that is possible. */
export function refuseHospital({ role, hospital_id }: Pick<Account, 'role' | 'hospital_id'>) {
  if (hospital_id === null || role === 'hospital') return undefined
  return refuse('invalid', { fields: { hospital_id: ['Only the role hospital has one.'] } })
}

/** Why nobody can speak for this hospital; `inUse` is undefined when there is no such hospital. */
export function hospitalFault(inUse: boolean | undefined): string | undefined {
  if (inUse === undefined) return 'There is no such hospital.'
  return inUse ? undefined : 'The hospital was taken out of use.'
}

const isAdmin = ({ role, active }: Account) => role === 'admin' && active

/**
 * Why the account cannot become that; undefined when it can. `admins` are the active ones, held by a lock, so
 * that two who shut each other out at once do not leave the centre without one.
 */
export function refuseChange(
  before: Account,
  after: Account,
  { actorId, admins }: { actorId: number | null; admins: readonly number[] },
): Refusal | undefined {
  const isOwn = before.id === actorId
  if (isOwn && (before.role !== after.role || (before.active && !after.active))) return refuse('own_account')
  const leaves = isAdmin(before) && !isAdmin(after)
  return leaves && admins.every((id) => id === before.id) ? refuse('last_admin') : undefined
}

/** Whether the person is no active paramedic any more. */
export function stopsBeingSent(before: Account, after: Account): boolean {
  const isSent = ({ role, active }: Account) => role === 'paramedic' && active
  return isSent(before) && !isSent(after)
}

const onAssignment = (id: number) => `The paramedic is on the live assignment ${id}.`

/** Why a paramedic cannot stop being sent; `assignmentId` is the live one. */
export function refuseStandDown(assignmentId: number | undefined): Refusal | undefined {
  if (assignmentId === undefined) return undefined
  return refuse('in_use', { detail: `${onAssignment(assignmentId)} Wait until it has ended.` })
}

/** Roles each kind of profile is for. */
export const profileRoles = {
  paramedic: ['paramedic'],
  dispatcher: dispatchers,
} as const satisfies Record<string, readonly PersonRole[]>
export type Kind = keyof typeof profileRoles
/** What each kind of profile is made of, and what may be changed of it. */
export type Creation = { paramedic: ParamedicCreation; dispatcher: DispatcherCreation }
export type Change = { paramedic: ParamedicChange; dispatcher: DispatcherChange }

/** Why the person cannot have such a profile; undefined when that is possible. */
export function profileFault(
  kind: Kind,
  person: Pick<Account, 'role' | 'active'> | undefined,
): string | undefined {
  if (!person) return 'There is no such person.'
  const roles: readonly PersonRole[] = profileRoles[kind]
  if (!roles.includes(person.role)) return `The person is ${person.role}, not ${roles.join(' or ')}.`
  return person.active ? undefined : 'The person was shut out.'
}

/** Why nobody can be in the crew of this unit; `inUse` is undefined when there is no such unit. */
export function unitFault(inUse: boolean | undefined): string | undefined {
  if (inUse === undefined) return 'There is no such unit.'
  return inUse ? undefined : 'The unit was taken out of use.'
}

type Duty = { available?: unknown; unit_id?: unknown }

/**
 * Why a paramedic cannot change over to this duty; undefined when that is possible. `changes` holds only what
 * becomes another; `fault` says why the person is no active paramedic.
 */
export function refuseDuty(
  changes: Duty,
  assignmentId: number | undefined,
  fault: string | undefined,
): Refusal | undefined {
  const names = (['available', 'unit_id'] as const).filter((name) => changes[name] !== undefined)
  if (assignmentId !== undefined && names.length > 0) {
    const detail = onAssignment(assignmentId)
    const fields: FieldErrors = {}
    for (const name of names) fields[name] = [detail]
    return refuse('in_use', { detail, fields })
  }
  // Whoever is not to be sent may be taken off duty, never put on it.
  const wanted = names.filter((name) => changes[name] !== false && changes[name] !== null)
  if (fault === undefined || wanted.length === 0) return undefined
  const fields: FieldErrors = {}
  for (const name of wanted) fields[name] = [fault]
  return refuse('invalid', { fields })
}

/** Whether a licence is good today; it is for the whole of its last day. Both are days such as 2026-11-30. */
export function isLicenceValid(license_expiry: string | null, today: string): boolean {
  return license_expiry !== null && license_expiry >= today
}

/** What the timeline may tell of changes: of the emergency contact only that it is another. */
export function toldChanges(changes: Record<string, unknown>): Record<string, unknown> {
  const { emergency_contact, ...told } = changes
  return emergency_contact === undefined ? told : { ...told, emergency_contact: { changed: true } }
}

/** The profile for somebody of this role: the emergency contact is for keepers. */
export function shownTo<T extends { emergency_contact: string | null }>(role: Role, profile: T): T {
  const sees = (keepers as readonly Role[]).includes(role)
  return sees ? profile : { ...profile, emergency_contact: null }
}
