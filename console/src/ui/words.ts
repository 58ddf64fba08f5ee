import type { AssignmentStatus } from '@toneout/contract/model/assignment.ts'
import type { Call, CallStatus, EmergencyType, PriorityLevel } from '@toneout/contract/model/call.ts'
import type { Speaker } from '@toneout/contract/model/interaction.ts'
import type { UnitType } from '@toneout/contract/model/unit.ts'
import type { Role } from '@toneout/contract/roles.ts'

const statuses: Record<CallStatus, string> = {
  PENDING: 'Pending',
  ACTIVE: 'Active',
  IN_PROGRESS: 'In progress',
  DISPATCHED: 'Dispatched',
  ESCALATED: 'Escalated',
  COMPLETED: 'Completed',
  CANCELLED: 'Cancelled',
}

const types: Record<EmergencyType, string> = {
  MEDICAL: 'Medical',
  POLICE: 'Police',
  FIRE: 'Fire',
  TRAUMA: 'Trauma',
  CARDIAC: 'Cardiac',
  STROKE: 'Stroke',
  RESPIRATORY: 'Respiratory',
  OTHER: 'Other',
}

/** The ranks of incidents: CRITICAL 1, HIGH 2, MEDIUM 3, STANDARD and LOW 4. */
const ranks: Record<PriorityLevel, 1 | 2 | 3 | 4> = { CRITICAL: 1, HIGH: 2, MEDIUM: 3, STANDARD: 4, LOW: 4 }

const speakers: Record<Speaker, string> = { CALLER: 'Caller', SYSTEM: 'AI', DISPATCHER: 'Desk' }

export const statusWord = (status: CallStatus) => statuses[status]
export const typeWord = (type: EmergencyType | null) => (type ? types[type] : null)
export const rankOf = (level: PriorityLevel | null) => (level ? ranks[level] : null)
export const speakerWord = (speaker: Speaker) => speakers[speaker]

/** A code as a word: IN_PROGRESS -> In progress. */
export function plain(code: string): string {
  const words = code.replaceAll('_', ' ').trim().toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A role as it stands in a sentence or, with a capital, alone: supervisor, AI dispatcher. */
export function roleWord(role: Role, alone = false): string {
  if (role === 'ai_dispatcher') return 'AI dispatcher'
  return alone ? plain(role) : plain(role).toLowerCase()
}

export function priorityWords(level: PriorityLevel | null): string {
  return level ? `Priority ${ranks[level]}, ${level.toLowerCase()}` : 'Priority not known'
}

export function answeredByWord(by: Call['answered_by']): string | null {
  if (by === null) return null
  return { AI: 'AI', HUMAN: 'Person', AI_THEN_HUMAN: 'AI, then person' }[by]
}

/** Who is speaking with the caller now. */
export function onLineWords(by: Call['answered_by']): string {
  if (by === null) return 'Not answered'
  return by === 'AI' ? 'AI on line' : 'Person on line'
}

const steps: Record<AssignmentStatus, string> = {
  ASSIGNED: 'sent',
  ACKNOWLEDGED: 'acknowledged',
  EN_ROUTE: 'en route',
  ON_SCENE: 'on scene',
  AT_PATIENT: 'at patient',
  TRANSPORTING: 'transporting',
  AT_HOSPITAL: 'at hospital',
  HANDOVER_DONE: 'handed over',
  CLEARED: 'cleared',
  CANCELLED: 'cancelled',
  DIVERTED: 'diverted',
}

/** How far a unit has got, in words that follow its number. */
export const stepWord = (status: AssignmentStatus) => steps[status]

const kinds: Record<UnitType, string> = {
  BASIC: 'BLS',
  ADVANCED: 'ALS',
  CRITICAL: 'CCT',
  FIRE: 'Fire',
  POLICE: 'Police',
  SUPERVISOR: 'Sup',
}

/** The trade's short word for what a crew may do: basic and advanced life support, critical care. */
export const kindWord = (type: UnitType) => kinds[type]

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/** A BCP 47 tag as a language's name, or the tag itself when it has none. */
export function languageWord(tag: string | null): string | null {
  if (tag === null || tag === '') return null
  try {
    return languageNames.of(tag) ?? tag
  } catch {
    return tag
  }
}
