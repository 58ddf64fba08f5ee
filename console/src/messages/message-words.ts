import type { Message, MessageState } from '@toneout/contract/model/message.ts'
import { plain } from '../ui/words.ts'

const channelWords: Readonly<Record<string, string>> = {
  SCREEN: 'Screen',
  SMS: 'SMS',
  VOICE: 'Voice call',
  EMAIL: 'E-mail',
  PUSH: 'Push',
  WEBHOOK: 'Webhook',
}

export const channelWord = (channel: string) => channelWords[channel] ?? plain(channel)

const eventWords: Readonly<Record<string, string>> = {
  DISPATCHED: 'Dispatch',
  DISPATCH_REPEATED: 'Dispatch, repeated',
  STOOD_DOWN: 'Stood down',
  CREW_MESSAGE: 'Message to the crew',
  HOSPITAL_PREALERT: 'Patient inbound',
  HOSPITAL_DIVERSION: 'Hospital on diversion',
  ALARM_DESK: 'Alarm of a desk',
  ALARM_SUPERVISOR: 'Alarm for the supervisor',
  CONTACT_TEST: 'Test of a contact',
  WEBHOOK_TEST: 'Test of a webhook',
}

/** What a message tells of. Names of webhooks' events stay as programs know them. */
export const eventWord = (event: string) => eventWords[event] ?? event

export const stateWords: Record<MessageState, string> = {
  WAITING: 'Waiting',
  DELIVERED: 'Delivered',
  ACKNOWLEDGED: 'Seen',
  FAILED: 'Failed',
}

type State = Pick<Message, 'state' | 'channel' | 'attempts' | 'fault'>

/** What became of it, and why where it is not well. On a screen it waits for a person, else for a try. */
export function stateOf({ state, channel, attempts, fault }: State): string {
  const why = fault === null ? '' : `: ${fault}`
  if (state === 'FAILED') return `Failed${why}`
  if (state !== 'WAITING') return stateWords[state]
  if (channel === 'SCREEN') return 'Not seen yet'
  return attempts === 0 ? 'Waiting' : `Waiting after ${attempts === 1 ? '1 try' : `${attempts} tries`}${why}`
}
