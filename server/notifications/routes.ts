import type { ChannelState } from '@toneout/contract/model/contact.ts'
import { channels, type PersonChannel } from '@toneout/contract/model/message.ts'
import { isRefusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { replyPage } from '../lib/http/page-urls.ts'
import { readOwnNotices, seeOwnNotice } from './own-notices.ts'
import * as reads from './reads.ts'
import { resendMessage } from './resend-message.ts'
import { previewOf } from './rules-own.ts'

type Ids =
  | 'listMessages'
  | 'readMessage'
  | 'resendMessage'
  | 'listOwnNotices'
  | 'acknowledgeMessage'
  | 'listChannels'
  | 'previewMessage'

const dayMs = 24 * 3_600_000

const needs: Readonly<Record<string, readonly string[]>> = {
  SMS: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'],
  VOICE: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM', 'PUBLIC_URL'],
  PUSH: ['PUBLIC_URL'],
  EMAIL: ['SMTP_URL', 'MAIL_FROM'],
}

/** Which channels can be used and what they did; `ready` are those to people. */
async function readChannels(ctx: Context, ready: ReadonlySet<PersonChannel>): Promise<ChannelState[]> {
  const since = new Date(ctx.now().getTime() - dayMs).toISOString()
  const counted = await reads.countByChannel(ctx.db.pool, since)
  return channels.map((channel) => {
    const isReady = channel === 'WEBHOOK' || ready.has(channel)
    const found = counted.find((one) => one.channel === channel)
    const none = { waiting: 0, delivered: 0, failed: 0 }
    const missing = isReady ? [] : [...(needs[channel] ?? [])]
    return { ...none, ...found, channel, ready: isReady, missing }
  })
}

/** Messages to people, and the channels they leave by. */
export function notificationRoutes(ctx: Context, ready: ReadonlySet<PersonChannel>): SomeHandlers<Ids> {
  const { pool } = ctx.db
  return {
    listMessages: async ({ query }, { request }) => {
      const page = await reads.readMessages(ctx.db, query)
      return replyPage(page, ctx.config, request)
    },
    readMessage: async ({ params: { id } }) => {
      const found = await reads.findMessage(pool, id)
      return found ? { status: 200, body: found } : refuse('not_found')
    },
    resendMessage: async ({ params: { id } }, { caller: { actor } }) => {
      const refused = await resendMessage(ctx, actor, id)
      const found = refused ? undefined : await reads.findMessage(pool, id)
      return found ? { status: 200, body: found } : (refused ?? refuse('not_found'))
    },
    listOwnNotices: async (_, { caller: { actor } }) => {
      return { status: 200, body: { results: await readOwnNotices(ctx, actor.id ?? -1) } }
    },
    acknowledgeMessage: async ({ params: { id } }, { caller: { actor } }) => {
      const seen = await seeOwnNotice(ctx, actor, id)
      return isRefusal(seen) ? seen : { status: 200, body: seen }
    },
    listChannels: async () => ({ status: 200, body: { results: await readChannels(ctx, ready) } }),
    previewMessage: async ({ query }) => {
      return { status: 200, body: previewOf(query, ctx.settings.current().message_templates) }
    },
  }
}
