import type { PushSubscription } from '@toneout/contract/model/push.ts'
import webPush from 'web-push'
import type { Context } from '../context.ts'
import type { Parcel, PhoneOutlet } from './channel.ts'
import { openPush } from './contact-seal.ts'
import { type Answered, postOutside } from './outside-request.ts'
import type { PushKeys } from './push-keys.ts'
import { patience } from './rules-retry.ts'
import * as store from './store-push.ts'

type Base = Pick<Context, 'db' | 'now' | 'vault' | 'config'>

/** What the phone's service worker shows; a message with the same tag takes the place of the one before. */
const payloadOf = ({ key, words }: Parcel) => JSON.stringify({ tag: key, ...words })

/** Encrypted for the phone alone (RFC 8291) and signed with our key (RFC 8292). */
function requestOf(to: PushSubscription, parcel: Parcel, vapidDetails: PushKeys) {
  const { headers, body } = webPush.generateRequestDetails(to, payloadOf(parcel), {
    vapidDetails,
    TTL: patience.PUSH.lifeMs / 1_000,
    urgency: 'high',
    contentEncoding: 'aes128gcm',
  })
  return { headers: headers as Record<string, string | number>, body }
}

/** 404 and 410: the phone does not want it any more (RFC 8030, 7.3). */
const isGone = ({ status }: Answered) => status === 404 || status === 410
/** What another try changes nothing about, such as a key that is not the one it subscribed with. */
const isFinal = ({ status = 0 }: Answered) => status >= 400 && status < 500 && status !== 429

/** Notifications of the crew's page; done when one of the person's phones has it. */
export function createPush(ctx: Base, keys: () => Promise<PushKeys>): PhoneOutlet {
  const { pool } = ctx.db
  return async (parcel, personId) => {
    const now = ctx.now()
    const phones = await store.readPushes(pool, personId, now.toISOString())
    const pair = await keys()
    const answers = await Promise.all(
      phones.map(async ({ id, subscription }) => {
        const to = JSON.parse(openPush(ctx.vault, id, subscription)) as PushSubscription
        const request = {
          ...requestOf(to, parcel, pair),
          ...{ url: to.endpoint, now: now.getTime(), timeoutMs: parcel.timeoutMs },
        }
        return { id, answer: await postOutside(request, ctx.config.channels.pushHosts ?? []) }
      }),
    )
    const gone = answers.filter(({ answer }) => isGone(answer)).map(({ id }) => id)
    if (gone.length > 0) await store.deletePushes(pool, gone)
    if (answers.some(({ answer }) => answer.done)) return { done: true }
    const left = answers.flatMap(({ answer }) => (answer.done || isGone(answer) ? [] : [answer]))
    const [first] = left
    if (!first) return { done: false, fault: 'no phone any more', final: true }
    return left.find((one) => !isFinal(one)) ?? { ...first, final: true }
  }
}
