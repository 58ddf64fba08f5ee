import type { InteractionAddition } from '@toneout/contract/model/interaction.ts'
import { isRefusal } from '@toneout/contract/refusals.ts'
import { sha256 } from '../lib/crypto.ts'
import { transaction } from '../lib/db.ts'
import { actor, insist, openCall, type Phone } from './phone.ts'
import { unknownNumber, type Words } from './rules.ts'
import { placeEvent } from './rules-utterances.ts'
import { loadUtterances, saveInteraction, saveUtterance } from './store.ts'

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
export async function takeWords(phone: Phone, words: Words): Promise<void> {
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
