import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Interaction, InteractionAddition } from '@toneout/contract/model/interaction.ts'
import { noCall, refuse } from '@toneout/contract/refusals.ts'
import { decideAddition } from './rules.ts'
import type { Outcome, Work } from './work.ts'
import { hearFrom, note, own, replyKey } from './work.ts'

export type AddInteraction = {
  kind: 'add'
  actor: Actor
  call_sid: string
  body: InteractionAddition
  /** The client's Idempotency-Key and the hash of the parsed body it came with. */
  once?: { key: string; hash: string }
}

/** Adds an utterance to a call, also after the call has ended; once for each Idempotency-Key. */
export function addInteraction(work: Work, item: AddInteraction): Outcome<201, Interaction> {
  const { actor, body, once } = item
  const worked = work.calls.get(item.call_sid)
  if (!worked) return noCall
  const { call } = worked
  if (once) {
    const first = work.replies.get(replyKey(call.id, once.key))
    if (first && first.request_hash !== once.hash) return refuse('idempotency_key_reused')
    if (first) return { status: 201, body: first.reply }
  }
  const place = { id: work.nextInteractionId(), highest: worked.highest }
  const added = decideAddition(call, body, place, work.now)
  worked.highest = Math.max(worked.highest, added.sequence)
  own(work, worked)
  hearFrom(work, worked, actor)
  work.added.push(added)
  work.interactions.set(added.id, added)
  const { id: interaction_id, sequence, speaker, is_final } = added
  note(work, actor, 'interaction_added', call.id, { interaction_id, sequence, speaker, is_final })
  if (once) {
    const reply = { call_id: call.id, key: once.key, request_hash: once.hash, reply: added }
    work.replies.set(replyKey(call.id, once.key), reply)
    work.repliesGiven.push(reply)
  }
  return { status: 201, body: added }
}
