import type { Call } from '@toneout/contract/model/call.ts'
import { systemActor } from '@toneout/contract/model/fact.ts'
import { isRefusal, type Refusal } from '@toneout/contract/refusals.ts'
import type { Intake } from '../calls/intake.ts'
import type { Context } from '../context.ts'

/** Whom calls of ours belong to: messages that are spoken. `at` is an instant, ISO 8601 in UTC. */
export type SpokenMessages = {
  acknowledged: (told: { message_id: number; round: number; at: string }) => Promise<void>
  unanswered: (told: {
    message_id: number
    round: number
    at: string
    attempt: number
    fault: string
  }) => Promise<void>
}

export type Phone = {
  ctx: Pick<Context, 'db' | 'now'>
  intake: Pick<Intake, 'submit'>
  voice: SpokenMessages
}

export const actor = systemActor('twilio')

/** Intake refuses none of this; were it to, the event must not pass for done. */
export function insist<T>(outcome: T | Refusal): T {
  if (isRefusal(outcome)) throw new Error(`a callback of Twilio was refused: ${outcome.refused}`)
  return outcome
}

type Opening = { call_sid: string; caller_number: string; created_at: string; answered_at?: string }

export async function openCall({ intake }: Phone, body: Opening): Promise<Call> {
  const { call_sid } = body
  return insist(await intake.submit({ kind: 'open', actor, call_sid, body, byAi: false })).body
}
