import type { Notice } from '@toneout/contract/model/message.ts'
import type { Context } from '../context.ts'
import type { Outlets } from './channel.ts'
import { openContact } from './contact-seal.ts'
import { readPatient } from './patient-of-message.ts'
import { isOnDuty } from './rules-people.ts'
import type { Outcome } from './rules-retry.ts'
import { type Params, wordsFor } from './rules-words.ts'
import type * as store from './store.ts'
import { findReached } from './store-recipients.ts'

type Base = Pick<Context, 'db' | 'vault' | 'now' | 'settings'>
/** What is sent, but for its words. */
type Try = { key: string; timeoutMs: number }

const gone = (fault: string): Outcome => ({ done: false, fault, final: true })

/** Sends a claimed message to its person, in the person's language and to where they are reached by now. */
export async function toPerson(
  ctx: Base,
  outlets: Outlets,
  one: store.Due,
  { key, timeoutMs }: Try,
): Promise<Outcome> {
  const personId = one.person_id as number
  const contact = await findReached(ctx.db.pool, personId, ctx.now().toISOString())
  // Between two tries somebody may go home. A test to oneself is asked for by whoever gets it.
  const isWanted = contact && (isOnDuty(contact) || one.data.asked_by_oneself === true)
  if (!isWanted) return gone('not on duty any more')
  const { language } = contact
  const params = { ...one.data, patient: await readPatient(ctx.db, one) } as Params
  const { message_templates } = ctx.settings.current()
  const words = wordsFor(one.event as Notice, one.channel, language, params, message_templates)
  const parcel = { key, attempt: one.attempts, words, language, timeoutMs }
  if (one.channel === 'PUSH') return outlets.PUSH ? outlets.PUSH(parcel, personId) : gone('not set up')
  const column = one.channel === 'EMAIL' ? 'email' : 'phone'
  const address = openContact(ctx.vault, column, personId, contact[column])
  if (address === null) return gone('no address')
  const outlet = one.channel === 'WEBHOOK' ? undefined : outlets[one.channel]
  return outlet ? outlet(parcel, address) : gone('not set up')
}
