import { isTerminal } from '@toneout/contract/model/call.ts'
import { isRefusal } from '@toneout/contract/refusals.ts'
import { actor, insist, openCall, type Phone } from './phone.ts'
import { beganAt, type PhoneEvent, type Recorded, type Ringing, unknownNumber } from './rules.ts'
import { takeWords } from './spoken-words.ts'
import { insertRecording } from './store.ts'

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
  if (event.kind === 'acknowledged') return phone.voice.acknowledged(event)
  if (event.kind === 'unanswered') return phone.voice.unanswered(event)
  return takeRecorded(phone, event)
}
