import { z } from 'zod'
import { channelState, channelTest, contact, contactChange } from '../model/contact.ts'
import { oneRow, pageOf } from '../model/field.ts'
import { message, messageQuery, ownMessage } from '../model/message.ts'
import { preview, previewQuery } from '../model/message-template.ts'
import { newWebhook, webhook, webhookChange, webhookCreation } from '../model/webhook.ts'
import { operation } from '../operation.ts'
import { keepers } from '../roles.ts'

const way = ['invalid', 'not_authenticated', 'forbidden'] as const
const body = ['body_too_large', 'unsupported_media_type'] as const
const watchers = ['dispatcher', 'supervisor', 'admin'] as const
/** Who is told of anything. */
const told = ['dispatcher', 'supervisor', 'paramedic', 'hospital', 'admin'] as const

export const listMessages = operation({
  method: 'GET',
  path: '/api/messages/',
  group: 'Notifications',
  summary: 'List notifications with what became of them, newest first',
  description: 'DELIVERED is what the provider took. Follow `next` for more.',
  who: watchers,
  query: messageQuery,
  replies: { 200: pageOf(message) },
  refusals: way,
})

export const readMessage = operation({
  method: 'GET',
  path: '/api/messages/{id}/',
  group: 'Notifications',
  summary: 'Read one notification',
  who: watchers,
  params: oneRow,
  replies: { 200: message },
  refusals: [...way, 'not_found'],
})

export const resendMessage = operation({
  method: 'POST',
  path: '/api/messages/{id}/resend/',
  group: 'Notifications',
  summary: 'Send a message again',
  description: 'Under a new idempotency key, so that a provider that took the first one sends it again.',
  who: watchers,
  params: oneRow,
  replies: { 200: message },
  refusals: [...way, 'not_found', 'message_waiting'],
})

export const listOwnNotices = operation({
  method: 'GET',
  path: '/api/messages/mine/',
  group: 'Notifications',
  summary: 'List the last 50 messages on the own screen, newest first',
  who: told,
  own: told,
  replies: { 200: z.object({ results: z.array(ownMessage) }) },
  refusals: way,
})

export const acknowledgeMessage = operation({
  method: 'POST',
  path: '/api/messages/{id}/acknowledge/',
  group: 'Notifications',
  summary: 'Say that a message to oneself was seen',
  description: 'The same again changes nothing.',
  who: told,
  own: told,
  params: oneRow,
  replies: { 200: ownMessage },
  refusals: [...way, 'not_found'],
})

export const listWebhooks = operation({
  method: 'GET',
  path: '/api/webhooks/',
  group: 'Notifications',
  summary: 'List webhooks, at most 100',
  who: keepers,
  replies: { 200: z.object({ results: z.array(webhook) }) },
  refusals: way,
})

export const createWebhook = operation({
  method: 'POST',
  path: '/api/webhooks/',
  group: 'Notifications',
  summary: 'Tell a program of events',
  description: 'The reply holds the secret that requests are signed with; it is never shown again.',
  who: ['admin'],
  body: webhookCreation,
  replies: { 201: newWebhook },
  refusals: [...way, ...body, 'too_many_webhooks'],
})

const oneWebhook = { path: '/api/webhooks/{id}/', group: 'Notifications', params: oneRow } as const

export const changeWebhook = operation({
  ...oneWebhook,
  method: 'PATCH',
  summary: 'Change a webhook, or let a paused one go on',
  who: ['admin'],
  body: webhookChange,
  replies: { 200: webhook },
  refusals: [...way, ...body, 'not_found'],
})

export const deleteWebhook = operation({
  ...oneWebhook,
  method: 'DELETE',
  summary: 'Take a webhook out of use; what waits for it is not sent any more',
  who: ['admin'],
  replies: { 204: null },
  refusals: [...way, 'not_found'],
})

export const testWebhook = operation({
  method: 'POST',
  path: '/api/webhooks/{id}/test/',
  group: 'Notifications',
  summary: 'Send a test event to a webhook',
  who: ['admin'],
  params: oneRow,
  replies: { 202: null },
  refusals: [...way, 'not_found'],
})

export const listChannels = operation({
  method: 'GET',
  path: '/api/channels/',
  group: 'Notifications',
  summary: 'Show which channels can be used, and what they did in the last 24 hours',
  who: watchers,
  replies: { 200: z.object({ results: z.array(channelState) }) },
  refusals: way,
})

export const testChannel = operation({
  method: 'POST',
  path: '/api/channels/test/',
  group: 'Notifications',
  summary: 'Send a test to oneself by a channel',
  who: watchers,
  body: channelTest,
  replies: { 202: null },
  refusals: [...way, ...body, 'channel_not_ready', 'no_address'],
})

export const previewMessage = operation({
  method: 'GET',
  path: '/api/notifications/preview/',
  group: 'Notifications',
  summary: 'Show what a notification says, by event, channel and language',
  description:
    'With `title` and `text` it shows these words, as a template of the setting message_templates.',
  who: keepers,
  query: previewQuery,
  replies: { 200: preview },
  refusals: way,
})

const oneContact = { path: '/api/people/{id}/contact/', group: 'Notifications', params: oneRow } as const

export const readContact = operation({
  ...oneContact,
  method: 'GET',
  summary: 'Read how a person is reached',
  who: keepers,
  replies: { 200: contact },
  refusals: [...way, 'not_found'],
})

export const changeContact = operation({
  ...oneContact,
  method: 'PATCH',
  summary: 'Set how a person is reached',
  description: 'Numbers and addresses are kept sealed, and the history says only that they were changed.',
  who: keepers,
  body: contactChange,
  replies: { 200: contact },
  refusals: [...way, ...body, 'not_found'],
})
