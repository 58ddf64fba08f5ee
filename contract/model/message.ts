import { z } from 'zod'
import { personRoles } from '../roles.ts'
import { emergencyTypes } from './call.ts'
import { nameText, numberWithin, rowNumber } from './field.ts'
import { instant, lowerCase, optionalNumber, optionalText, optionalWord, rowId } from './text.ts'

/** Ways a message goes. SCREEN is the console and the crew's page, which show it by themselves. */
export const channels = ['SCREEN', 'SMS', 'VOICE', 'PUSH', 'EMAIL', 'WEBHOOK'] as const
export type Channel = (typeof channels)[number]
/** Ways to a person; PUSH is a notification of the crew's page on the phone, also while it is closed. */
export const personChannels = ['SCREEN', 'SMS', 'VOICE', 'PUSH', 'EMAIL'] as const
export type PersonChannel = (typeof personChannels)[number]

/** What people are told of. */
export const notices = [
  'DISPATCHED',
  'DISPATCH_REPEATED',
  'STOOD_DOWN',
  'CREW_MESSAGE',
  'HOSPITAL_PREALERT',
  'HOSPITAL_DIVERSION',
  'ALARM_DESK',
  'ALARM_SUPERVISOR',
  'CONTACT_TEST',
] as const
export type Notice = (typeof notices)[number]

/** Events of webhooks, by the names that clients know. */
export const webhookEvents = [
  'NEW_EMERGENCY',
  'AMBULANCE_ALARM',
  'UNIT_DISPATCHED',
  'STATUS_UPDATE',
  'LOCATION_UPDATE',
  'CAPACITY_UPDATE',
] as const
export type WebhookEvent = (typeof webhookEvents)[number]

/** WAITING to be sent or seen, DELIVERED to the provider, ACKNOWLEDGED by the person, or FAILED. */
export const messageStates = ['WAITING', 'DELIVERED', 'ACKNOWLEDGED', 'FAILED'] as const
export type MessageState = (typeof messageStates)[number]

/** One notification to one recipient by one channel; never with an address or a number. */
export const message = z
  .object({
    id: rowId,
    /** The fact it tells of. */
    fact_id: rowId,
    event: z.enum([...notices, ...webhookEvents, 'WEBHOOK_TEST']),
    channel: z.enum(channels),
    state: z.enum(messageStates),
    person_id: rowId.nullable(),
    /** Username of the person, or the address of the webhook. */
    recipient: z.string(),
    incident_id: rowId.nullable(),
    unit_id: rowId.nullable(),
    /** Tries so far. */
    attempts: z.number().int(),
    /** When it is tried next; null when it is not waiting for a try. */
    next_try_at: instant.nullable(),
    created_at: instant,
    delivered_at: instant.nullable(),
    acknowledged_at: instant.nullable(),
    /** Why the last try failed, such as a status or a code of the provider. */
    fault: z.string().nullable(),
  })
  .meta({ id: 'Message' })
export type Message = z.output<typeof message>

export const messageQuery = z.strictObject({
  state: optionalWord(messageStates),
  channel: optionalWord(channels),
  event: optionalWord([...notices, ...webhookEvents, 'WEBHOOK_TEST']),
  incident_id: optionalNumber(1, Number.MAX_SAFE_INTEGER, true),
  unit_id: optionalNumber(1, Number.MAX_SAFE_INTEGER, true),
  person_id: optionalNumber(1, Number.MAX_SAFE_INTEGER, true),
  /** Part of the username of whom it is for. */
  search: optionalText(150),
  page_size: optionalNumber(1, 200, true).transform((size) => size ?? 50),
  cursor: optionalText(500),
})
export type MessageQuery = z.output<typeof messageQuery>

/** A message on the own screen, in words. */
export const ownMessage = message
  .pick({ id: true, event: true, incident_id: true, unit_id: true, created_at: true, acknowledged_at: true })
  .extend({ title: z.string(), text: z.string() })
  .meta({ id: 'OwnMessage' })
export type OwnMessage = z.output<typeof ownMessage>

const word = (value: unknown) => (typeof value === 'string' ? value.trim().toUpperCase() : value)
const oneOf = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.preprocess(word, z.enum(words, { error: `Must be one of ${words.join(', ')}.` }))
const list = <T extends z.ZodType>(one: T, most: number) =>
  z.array(one, { error: 'Must be a list.' }).max(most, `Must be at most ${most}.`)

/**
 * Who is told of what, and how. What is left out does not narrow: a rule without priorities is for all.
 * Whoever is off duty is never told.
 */
export const notificationRule = z
  .strictObject({
    event: oneOf(notices),
    roles: list(
      z.preprocess(lowerCase, z.enum(personRoles, { error: `Must be one of ${personRoles.join(', ')}.` })),
      personRoles.length,
    ).min(1, 'Must name at least 1 role.'),
    channels: list(oneOf(personChannels), personChannels.length).min(1, 'Must name at least 1 channel.'),
    priorities: list(numberWithin(1, 4, true), 4).optional(),
    emergency_types: list(oneOf(emergencyTypes), emergencyTypes.length).optional(),
    station_ids: list(rowNumber(), 100).optional(),
    shifts: list(nameText(50), 50).optional(),
  })
  .meta({ id: 'NotificationRule' })
export type NotificationRule = z.output<typeof notificationRule>
export const notificationRules = list(notificationRule, 100)

/** Seconds; `waiting_share` in percent of the target after which a waiting incident is told of early. */
export const alarmTimes = z
  .strictObject({
    acknowledge_seconds: numberWithin(5, 3_600, true),
    moving_seconds: numberWithin(5, 3_600, true),
    /** From the repeated alert to the desk's alarm. */
    desk_seconds: numberWithin(0, 3_600, true),
    /** From the desk's alarm, while nobody acknowledges it, to the supervisor's. */
    supervisor_seconds: numberWithin(5, 3_600, true),
    waiting_share: numberWithin(10, 100, true),
    /** How long an incident of priority 1 or 2 may wait for a unit to be sent. */
    waiting_seconds_1: numberWithin(10, 7_200, true),
    waiting_seconds_2: numberWithin(10, 7_200, true),
  })
  .meta({ id: 'AlarmTimes' })
export type AlarmTimes = z.output<typeof alarmTimes>
