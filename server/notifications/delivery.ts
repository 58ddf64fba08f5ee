import type { Notice } from '@toneout/contract/model/message.ts'
import type { Context } from '../context.ts'
import { faultOf, type Outlets } from './channel.ts'
import { openContact } from './contact-seal.ts'
import { keepOutcome } from './outcome.ts'
import { judge, type Outcome, type Patience, patience } from './rules-retry.ts'
import { type Params, wordsFor } from './rules-words.ts'
import type * as store from './store.ts'
import { findContact } from './store-recipients.ts'
import { keyOf, toWebhook } from './webhook-delivery.ts'

export type Delivering = {
  outlets: Outlets
  /** From 0 to 1, for the random half of a pause. */
  chance: () => number
  /** Other patience than usual, in tests. */
  patience?: Partial<Patience>
  onStep?: (step: string) => void
}

type Base = Pick<Context, 'db' | 'now' | 'vault' | 'config'>

const gone = (fault: string): Outcome => ({ done: false, fault, final: true })

async function toPerson(ctx: Base, delivering: Delivering, one: store.Due, timeoutMs: number) {
  const personId = one.person_id as number
  const contact = await findContact(ctx.db.pool, personId)
  if (!contact || contact.duty === 'NEVER') return gone('not on duty any more')
  const words = wordsFor(one.event as Notice, one.channel, contact.language, one.data as Params)
  const parcel = { key: keyOf(one), words, timeoutMs }
  const column = one.channel === 'EMAIL' ? 'email' : 'phone'
  const address = openContact(ctx.vault, column, personId, contact[column])
  if (address === null) return gone('no address')
  const outlet = one.channel === 'WEBHOOK' ? undefined : delivering.outlets[one.channel]
  return outlet ? outlet(parcel, address) : gone('not set up')
}

/** Tries a claimed message once, and keeps what came of it. */
export async function deliverMessage(ctx: Base, delivering: Delivering, one: store.Due): Promise<void> {
  const step = delivering.onStep ?? (() => {})
  const how = { ...patience[one.channel], ...delivering.patience }
  const times = { now: ctx.now().getTime(), expires: Date.parse(one.expires_at) }
  const send = () =>
    one.channel === 'WEBHOOK'
      ? toWebhook(ctx, one, how.timeoutMs)
      : toPerson(ctx, delivering, one, how.timeoutMs)
  const isLate = times.now >= times.expires
  const tried = isLate
    ? gone('too late')
    : await send().catch((error) => ({ done: false, fault: faultOf(error) }) as const)
  step('sent')
  const judged = judge(how, one.attempts, tried, { ...times, now: ctx.now().getTime() }, delivering.chance())
  await keepOutcome(ctx, one, judged, tried.done)
  step('kept')
}
