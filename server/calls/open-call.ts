import type { CallOpening } from '@toneout/contract/model/call.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import { isFollowed, raiseIncident } from './raising.ts'
import { decideOpening, decideRepeatedOpening } from './rules.ts'
import type { CallOutcome, Work, WorkedCall } from './work.ts'
import { change, hearFrom, note } from './work.ts'

export type OpenCall = { kind: 'open'; actor: Actor; call_sid: string; body: CallOpening; byAi: boolean }

/** Opens a call, or fills what is still unknown of the one that has this call_sid. */
export function openCall(work: Work, { actor, body, byAi }: OpenCall): CallOutcome<200 | 201> {
  const worked = work.calls.get(body.call_sid)
  const told = { answered_by: byAi ? ('AI' as const) : undefined, ...body }
  if (worked) {
    hearFrom(work, worked, actor)
    const filled = decideRepeatedOpening(worked.call, told)
    const followed = isFollowed(worked.call, body)
    change(work, worked, actor, filled)
    raiseIncident(work, worked, actor)
    return { status: 200, body: worked.call, followed }
  }
  const call = decideOpening(told, work.nextCallId(), work.now)
  const opened: WorkedCall = { call, highest: -1, revision: work.revision, state: 'new' }
  work.calls.set(call.call_sid, opened)
  const { call_sid, status, created_at, emergency_type, priority_level, location, latitude, longitude } = call
  const known = {
    call_sid,
    status,
    created_at,
    emergency_type,
    priority_level,
    location,
    latitude,
    longitude,
  }
  note(work, actor, 'call_opened', call.id, known)
  if (call.completed_at !== null) {
    const { completed_at, duration_seconds } = call
    note(work, actor, 'call_completed', call.id, { status, completed_at, duration_seconds })
  }
  raiseIncident(work, opened, actor)
  return { status: 201, body: opened.call, followed: false }
}
