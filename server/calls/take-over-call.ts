import { isTerminal } from '@toneout/contract/model/call.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import { noCall, refuse } from '@toneout/contract/refusals.ts'
import type { CallOutcome, Work } from './work.ts'
import { note, revise } from './work.ts'

export type TakeOverCall = { kind: 'take over'; actor: Actor; call_sid: string }

/** A person takes the call over; who did so first keeps it. The AI sees it with its next reply. */
export function takeOverCall(work: Work, { actor, call_sid }: TakeOverCall): CallOutcome<200> {
  const worked = work.calls.get(call_sid)
  if (!worked) return noCall
  const { call } = worked
  if (call.handoff !== null) return { status: 200, body: call, followed: false }
  if (isTerminal(call.status)) return refuse('call_ended')
  const handoff = { at: work.now, by: actor.name }
  const answered_by = call.answered_by === 'AI' ? 'AI_THEN_HUMAN' : (call.answered_by ?? 'HUMAN')
  worked.call = { ...call, handoff, answered_by, lost_contact: false }
  revise(work, worked)
  note(work, actor, 'call_taken_over', call.id, {})
  return { status: 200, body: worked.call, followed: false }
}
