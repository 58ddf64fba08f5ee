import type { CallChange } from '@toneout/contract/model/call.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import { isRefusal, noCall } from '@toneout/contract/refusals.ts'
import { isFollowed, raiseIncident } from './raising.ts'
import { decideChange } from './rules.ts'
import type { CallOutcome, Work } from './work.ts'
import { change, hearFrom } from './work.ts'

export type ChangeCall = { kind: 'change'; actor: Actor; call_sid: string; body: CallChange }

/** Partial update of a call, its end included. */
export function changeCall(work: Work, { actor, call_sid, body }: ChangeCall): CallOutcome<200> {
  const worked = work.calls.get(call_sid)
  if (!worked) return noCall
  const decided = decideChange(worked.call, body, work.now)
  if (isRefusal(decided)) return decided
  hearFrom(work, worked, actor)
  const followed = isFollowed(worked.call, body)
  change(work, worked, actor, decided)
  raiseIncident(work, worked, actor)
  return { status: 200, body: worked.call, followed }
}
