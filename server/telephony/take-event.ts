import type { Call } from '@toneout/contract/model/call.ts'
import { isTerminal } from '@toneout/contract/model/call.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import type { InteractionAddition } from '@toneout/contract/model/interaction.ts'
import { isRefusal, type Refusal } from '@toneout/contract/refusals.ts'
import type { Intake } from '../calls/intake.ts'
import type { Context } from '../context.ts'
import { sha256 } from '../lib/crypto.ts'
import { transaction } from '../lib/db.ts'
import { beganAt, type PhoneEvent, type Recorded, type Ringing, unknownNumber, type Words } from './rules.ts'
import { placeEvent } from './rules-utterances.ts'
import { insertRecording, loadUtterances, saveInteraction, saveUtterance } from './store.ts'

export type Phone = { ctx: Pick<Context, 'db' | 'now'>; intake: Pick<Intake, 'submit'> }

const actor: Actor = { kind: 'system', id: null, name: 'twilio' }

/** Intake refuses none of this; were it to, the event must not pass for done. */
function insist<T>(outcome: T | Refusal): T {
  if (isRefusal(outcome)) throw new Error(`a callback of Twilio was refused: ${outcome.refused}`)
  return outcome
}

type Opening = { call_sid: string; caller_number: string; created_at: string; answered_at?: string }

async function openCall({ intake }: Phone, body: Opening): Promise<Call> {
  const { call_sid } = body
  return insist(await intake.submit({ kind: 'open', actor, call_sid, body, byAi: false })).body
}

/** Whatever comes first opens the call, and no order of the events ends otherwise than another. */
async function takeRinging(phone: Phone, event: Ringing): Promise<void> {
  const { call_sid, caller_number, at, answered, end } = event
  const opening = { call_sid, caller_number, created_at: beganAt(event) }
  const call = await openCall(phone, { ...opening, ...(answered && { answered_at: at }) })
  const isNews = call.caller_number === unknownNumber && caller_number !== unknownNumber
  const told = {
    ...(isNews && { caller_number }),
    ...(end && !isTerminal(call.status) && { ...end, completed_at: at }),
  }
  if (Object.keys(told).length === 0) return
  const changed = await phone.intake.submit({ kind: 'change', actor, call_sid, body: told })
  // Somebody ended it in between: it keeps that end.
  if (isRefusal(changed) && changed.refused !== 'call_ended') insist(changed)
}

/** Adds an utterance once, also to a call that nobody has told of yet. */
async function addWords(phone: Phone, words: Words, begins: number) {
  const { call_sid, speaker, message, confidence, language, is_final, at } = words
  const body: InteractionAddition = { speaker, message, confidence, language, is_final, spoken_at: at }
  const key = `twilio ${words.transcription_sid} ${begins}`
  const add = { kind: 'add', actor, call_sid, body, once: { key, hash: sha256(key) } } as const
  const first = await phone.intake.submit(add)
  if (!isRefusal(first) || first.refused !== 'not_found') return insist(first).body
  await openCall(phone, { call_sid, caller_number: unknownNumber, created_at: at })
  return insist(await phone.intake.submit(add)).body
}

/**
 * The event is given its utterance before anything is written, so that the same event after a crash is done
 * to the same one.
 */
async function takeWords(phone: Phone, words: Words): Promise<void> {
  const { db, now } = phone.ctx
  const placed = await transaction(db, async (connection) => {
    const found = placeEvent(words, await loadUtterances(connection, words))
    if (found) await saveUtterance(connection, words, found, now().toISOString())
    return found
  })
  if (!placed) return
  const { call_sid, message, confidence, is_final } = words
  let id = placed.interaction_id
  if (id === null) {
    const added = await addWords(phone, words, placed.begins)
    id = added.id
    await saveInteraction(db.pool, words.transcription_sid, placed.begins, id)
    if (added.message === message && added.is_final === is_final) return
  }
  const body = { message, confidence, ...(is_final && { is_final }) }
  const revised = await phone.intake.submit({ kind: 'revise', actor, call_sid, id, body })
  // A partial text that comes after the final one is of no use.
  if (isRefusal(revised) && revised.refused !== 'interaction_final') insist(revised)
}

async function takeRecorded(phone: Phone, event: Recorded): Promise<void> {
  const { call_sid, at, recording_sid, url, duration_seconds } = event
  const call = await openCall(phone, { call_sid, caller_number: unknownNumber, created_at: at })
  const one = { call: call.id, recording_sid, url, duration_seconds, started_at: at }
  await insertRecording(phone.ctx.db.pool, one)
}

/** Does what an event tells, through intake. The same event again changes nothing. */
export async function takeEvent(phone: Phone, event: PhoneEvent): Promise<void> {
  if (event.kind === 'voice') return takeRinging(phone, event)
  if (event.kind === 'words') return takeWords(phone, event)
  return takeRecorded(phone, event)
}
