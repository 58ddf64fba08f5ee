import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Interaction, InteractionRevision } from '@toneout/contract/model/interaction.ts'
import { isRefusal, refuse } from '@toneout/contract/refusals.ts'
import { decideRevision } from './rules.ts'
import type { Outcome, Work } from './work.ts'
import { hearFrom, note } from './work.ts'

export type ReviseInteraction = {
  kind: 'revise'
  actor: Actor
  call_sid: string
  id: number
  body: InteractionRevision
}

/** Replaces the text of a partial utterance, or makes it final. */
export function reviseInteraction(work: Work, item: ReviseInteraction): Outcome<200, Interaction> {
  const worked = work.calls.get(item.call_sid)
  const before = work.interactions.get(item.id)
  if (!worked || !before || before.call !== worked.call.id) {
    return refuse('not_found', { detail: 'There is no such interaction in this call.' })
  }
  const decided = decideRevision(before, item.body)
  if (isRefusal(decided)) return decided
  if (Object.keys(decided).length === 0) return { status: 200, body: before }
  const after = { ...before, ...decided }
  work.interactions.set(after.id, after)
  work.revised.add(after.id)
  hearFrom(work, worked, item.actor)
  const { id: interaction_id, sequence, speaker, is_final } = after
  note(work, item.actor, 'interaction_revised', worked.call.id, {
    interaction_id,
    sequence,
    speaker,
    is_final,
  })
  return { status: 200, body: after }
}
