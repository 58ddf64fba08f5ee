import type { Call } from '@toneout/contract/model/call.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import { isRefusal, type Refusal } from '@toneout/contract/refusals.ts'
import type { Intake } from '../calls/intake.ts'
import type { Context } from '../context.ts'

export type Phone = { ctx: Pick<Context, 'db' | 'now'>; intake: Pick<Intake, 'submit'> }

export const actor: Actor = { kind: 'system', id: null, name: 'twilio' }

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
