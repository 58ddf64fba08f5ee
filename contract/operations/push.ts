import { oneRow } from '../model/field.ts'
import { keptPush, pushKey, pushSubscription } from '../model/push.ts'
import { operation } from '../operation.ts'

const way = ['invalid', 'not_authenticated', 'forbidden'] as const
const crew = { who: ['paramedic'], own: ['paramedic'], group: 'Notifications' } as const

export const readPushKey = operation({
  ...crew,
  method: 'GET',
  path: '/api/push/key/',
  summary: 'Read the key that a browser subscribes to notifications with',
  description: '409 while the server has no address to name itself by: PUBLIC_URL or MAIL_FROM.',
  replies: { 200: pushKey },
  refusals: [...way, 'channel_not_ready'],
})

export const addPushSubscription = operation({
  ...crew,
  method: 'POST',
  path: '/api/push/subscriptions/',
  summary: 'Tell this phone of notifications while its page is closed',
  description:
    'It ends with the session it was made in, or when its service says that it is gone; so a token is 409. ' +
    'The same endpoint again replaces it. A person has 5 at most: the oldest goes.',
  body: pushSubscription,
  replies: { 201: keptPush },
  refusals: [...way, 'channel_not_ready', 'body_too_large', 'unsupported_media_type'],
})

export const deletePushSubscription = operation({
  ...crew,
  method: 'DELETE',
  path: '/api/push/subscriptions/{id}/',
  summary: 'Tell a phone no more',
  params: oneRow,
  replies: { 204: null },
  refusals: [...way, 'not_found'],
})
