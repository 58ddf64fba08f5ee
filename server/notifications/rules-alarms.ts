import type { AlarmKind, AlarmStage } from '@toneout/contract/model/alarm.ts'
import type { Fact } from '@toneout/contract/model/fact.ts'
import type { AlarmTimes, Notice } from '@toneout/contract/model/message.ts'

/** Something that may be wrong, since an instant in milliseconds. */
export type Trouble = {
  kind: AlarmKind
  subject_id: number
  call_id: number | null
  incident_id: number | null
  unit_id: number | null
  assignment_id: number | null
  since: number
  priority: number | null
}

/** What has been told about it so far; undefined before anything was. */
export type Told = { stage: AlarmStage; stageAt: number; isAcknowledged: boolean }

const second = 1_000

/** Milliseconds after which a trouble is told of first. */
export function patienceOf(
  { kind, priority }: Pick<Trouble, 'kind' | 'priority'>,
  times: AlarmTimes,
): number {
  const target = priority === 1 ? times.waiting_seconds_1 : times.waiting_seconds_2
  if (kind === 'CREW_SILENT') return times.acknowledge_seconds * second
  if (kind === 'CREW_STILL') return times.moving_seconds * second
  if (kind === 'WAITING_SOON') return (target * second * times.waiting_share) / 100
  return kind === 'WAITING_LATE' ? target * second : 0
}

const crews: ReadonlySet<AlarmKind> = new Set(['CREW_SILENT', 'CREW_STILL'])
/** What a supervisor can mend when nobody at a desk does; the rest tells of itself in time. */
const escalating: ReadonlySet<AlarmKind> = new Set([
  'CREW_SILENT',
  'CREW_STILL',
  'WAITING_LATE',
  'PERSON_WANTED',
])

/** Who is told next of a trouble that stands at this instant; undefined for nobody now. */
export function nextStage(
  trouble: Pick<Trouble, 'kind' | 'priority' | 'since'>,
  told: Told | undefined,
  now: number,
  times: AlarmTimes,
): AlarmStage | undefined {
  if (!told) {
    if (now - trouble.since < patienceOf(trouble, times)) return undefined
    return crews.has(trouble.kind) ? 'CREW' : 'DESK'
  }
  const waited = now - told.stageAt
  if (told.stage === 'CREW') return waited >= times.desk_seconds * second ? 'DESK' : undefined
  if (told.stage !== 'DESK' || told.isAcknowledged || !escalating.has(trouble.kind)) return undefined
  return waited >= times.supervisor_seconds * second ? 'SUPERVISOR' : undefined
}

/** What people are told of because of a fact about an alarm; undefined for nothing. */
export function alarmNoticeOf({ type, data }: Pick<Fact, 'type' | 'data'>): Notice | undefined {
  if (type === 'crew_alerted_again') return 'DISPATCH_REPEATED'
  if (type !== 'alarm_raised') return undefined
  return data.stage === 'SUPERVISOR' ? 'ALARM_SUPERVISOR' : 'ALARM_DESK'
}
