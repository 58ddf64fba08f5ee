import { z } from 'zod'
import { languages } from '../model/contact.ts'
import { recording } from '../model/telephony.ts'
import { optionalNumber, optionalText } from '../model/text.ts'
import { operation } from '../operation.ts'
import { dispatchers } from '../roles.ts'

/** All fields as they came: the signature is over every one of them. */
const signed = z.record(z.string(), z.string())

const webhook = {
  method: 'POST',
  group: 'Telephony',
  who: 'anyone',
  counted: 'never',
  body: signed,
  form: true,
  refusals: ['invalid', 'forbidden', 'not_found', 'body_too_large', 'unsupported_media_type'],
} as const

const signature =
  'A form signed by Twilio (X-Twilio-Signature, with PUBLIC_URL); any other is 403. 404 while Twilio or ' +
  'PUBLIC_URL is not set up. A body is 64 KB at most. Answered within 2 s; while the database is away the ' +
  'event is kept on disk and done later. The same event again does nothing.'

export const tellPhoneStatus = operation({
  ...webhook,
  path: '/twilio/voice/status/',
  summary: "Twilio's status callback of a call",
  description: `${signature} Opens or ends the incoming call with this CallSid. Other calls are left aside.`,
  replies: { 204: null },
})

export const answerPhone = operation({
  ...webhook,
  path: '/twilio/voice/fallback/',
  summary: 'TwiML for a call that the voice application did not take',
  description:
    `${signature} Opens the call, says that it is not lost, and connects it to the number in \`dial\` of ` +
    'the address; without one it asks to call again.',
  query: z.object({
    dial: optionalText(20).refine((number) => number === undefined || /^\+?\d{3,15}$/.test(number), {
      error: 'Must be a telephone number such as +15550100.',
    }),
  }),
  replies: { 200: z.string() },
  media: 'text/xml',
})

const key = z
  .string({ error: 'Is required.' })
  .regex(/^toneout-\d{1,15}-\d{1,6}$/, 'Must be the key of a message.')
  .describe('The idempotency key of the message.')

export const answerVoiceMessage = operation({
  ...webhook,
  path: '/twilio/voice/message/',
  summary: 'TwiML for a key that was pressed in a voice call to somebody',
  description: `${signature} 1 acknowledges the message. Any other key is asked for again.`,
  query: z.object({ key, language: z.enum(languages).default('en') }),
  replies: { 200: z.string() },
  media: 'text/xml',
})

export const tellVoiceMessage = operation({
  ...webhook,
  path: '/twilio/voice/message/status/',
  summary: "Twilio's status callback of a voice call to somebody",
  description: `${signature} A message whose call nobody took is tried again, or has failed.`,
  query: z.object({ key, attempt: optionalNumber(1, 1_000, true).transform((attempt) => attempt ?? 1) }),
  replies: { 204: null },
})

export const tellTranscription = operation({
  ...webhook,
  path: '/twilio/transcription/',
  summary: "Twilio's callback of a real-time transcription",
  description:
    `${signature} Words become utterances of the call, what comes in said by the caller. A final text ` +
    'replaces the partial ones before it. TranscriptionSid and SequenceId tell an event from its repetition.',
  replies: { 204: null },
})

export const tellRecording = operation({
  ...webhook,
  path: '/twilio/recording/',
  summary: "Twilio's status callback of a recording",
  description: `${signature} A completed recording is kept as a link on the call.`,
  replies: { 204: null },
})

export const hearRecording = operation({
  method: 'GET',
  path: '/api/calls/{call_sid}/recordings/{recording_sid}/sound/',
  group: 'Calls',
  summary: 'Hear a recording of a call, as MP3',
  description: 'Fetched from Twilio with the login of the account. Each time is a fact of the call.',
  who: [...dispatchers, 'admin'],
  params: z.object({ call_sid: z.string(), recording_sid: z.string() }),
  replies: { 200: z.custom<AsyncIterable<Uint8Array> | Uint8Array>().meta({ description: 'The sound.' }) },
  media: 'application/octet-stream',
  refusals: ['invalid', 'not_authenticated', 'forbidden', 'not_found', 'channel_not_ready', 'unavailable'],
})

export const listRecordings = operation({
  method: 'GET',
  path: '/api/calls/{call_sid}/recordings/',
  group: 'Calls',
  summary: 'List the recordings of a call, the oldest first; at most 100',
  description: 'The links lead to Twilio, which asks for its own login; …/sound/ needs none but the own.',
  who: [...dispatchers, 'admin'],
  params: z.object({ call_sid: z.string() }),
  replies: { 200: z.object({ results: z.array(recording) }) },
  refusals: ['invalid', 'not_authenticated', 'forbidden', 'not_found'],
})
