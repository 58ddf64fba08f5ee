import type { Notice } from '@toneout/contract/model/message.ts'
import type { Context } from '../context.ts'
import type { Outlets } from './channel.ts'
import { openContact } from './contact-seal.ts'
import { patientLine } from './rules-patient.ts'
import type { Outcome } from './rules-retry.ts'
import { type Params, wordsFor } from './rules-words.ts'
import type * as store from './store.ts'
import { readPatientFindings } from './store-patients.ts'
import { findContact } from './store-recipients.ts'

type Base = Pick<Context, 'db' | 'vault'>
/** What is sent, but for its words. */
type Try = { key: string; timeoutMs: number }

const gone = (fault: string): Outcome => ({ done: false, fault, final: true })

/** What a hospital is told of its patient is read when it is sent: no message keeps it. */
async function readPatient({ db }: Base, { event, incident_id }: store.Due): Promise<string | null> {
  if (event !== 'HOSPITAL_PREALERT' || incident_id === null) return null
  return patientLine(await readPatientFindings(db.pool, incident_id))
}

/** Sends a claimed message to its person, in the person's language and to where they are reached by now. */
export async function toPerson(
  ctx: Base,
  outlets: Outlets,
  one: store.Due,
  { key, timeoutMs }: Try,
): Promise<Outcome> {
  const personId = one.person_id as number
  const contact = await findContact(ctx.db.pool, personId)
  if (!contact || contact.duty === 'NEVER') return gone('not on duty any more')
  const { language } = contact
  const params = { ...one.data, patient: await readPatient(ctx, one) } as Params
  const words = wordsFor(one.event as Notice, one.channel, language, params)
  const parcel = { key, attempt: one.attempts, words, language, timeoutMs }
  if (one.channel === 'PUSH') return outlets.PUSH ? outlets.PUSH(parcel, personId) : gone('not set up')
  const column = one.channel === 'EMAIL' ? 'email' : 'phone'
  const address = openContact(ctx.vault, column, personId, contact[column])
  if (address === null) return gone('no address')
  const outlet = one.channel === 'WEBHOOK' ? undefined : outlets[one.channel]
  return outlet ? outlet(parcel, address) : gone('not set up')
}
