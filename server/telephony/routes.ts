import {
  pressedCallback,
  recordingCallback,
  transcriptionCallback,
  voiceCallback,
} from '@toneout/contract/model/telephony.ts'
import { isRefusal, noCall, type RefusalCode, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { createHearing, type Parts } from './hear-callback.ts'
import { hearRecording } from './hear-recording.ts'
import { readPressed, readRecording, readSpoken, readVoice, readWords } from './rules.ts'
import { answerTwiml, fallbackTwiml } from './rules-twiml.ts'
import { readRecordings } from './store.ts'

type Ids =
  | 'tellPhoneStatus'
  | 'answerPhone'
  | 'answerVoiceMessage'
  | 'tellVoiceMessage'
  | 'tellTranscription'
  | 'tellRecording'
  | 'listRecordings'
  | 'hearRecording'

/** Refusals of what Twilio itself has sent. */
const fromTwilio = new Set<RefusalCode>(['invalid', 'unavailable'])

export function telephonyRoutes(ctx: Context, parts: Parts): SomeHandlers<Ids> {
  const hear = createHearing(ctx, parts)

  return {
    tellPhoneStatus: ({ body }, { request }) => hear(request, body, voiceCallback, readVoice),
    tellTranscription: ({ body }, { request }) => hear(request, body, transcriptionCallback, readWords),
    tellRecording: ({ body }, { request }) => hear(request, body, recordingCallback, readRecording),
    answerPhone: async ({ body, query }, { request }) => {
      const heard = await hear(request, body, voiceCallback, readVoice).catch((error: { code?: string }) => {
        // Somebody is on the line: whatever became of the event, they are told something.
        ctx.log.error({ reqId: request.id, code: error.code }, 'a call was answered that could not be kept')
        return undefined
      })
      if (isRefusal(heard) && !fromTwilio.has(heard.refused)) return heard
      return { status: 200, body: fallbackTwiml(query.dial, ctx.settings.current().caller_languages) }
    },
    answerVoiceMessage: async ({ body, query: { key, language } }, { request }) => {
      const heard = await hear(request, body, pressedCallback, (told, now) => readPressed(told, key, now))
      // It is on disk when the database is away; only what is in neither was not taken.
      if (isRefusal(heard) && !fromTwilio.has(heard.refused)) return heard
      const isTaken = body.Digits === '1' && !isRefusal(heard)
      return { status: 200, body: answerTwiml(isTaken, language, ctx.config.publicUrl + request.url) }
    },
    tellVoiceMessage: ({ body, query }, { request }) =>
      hear(request, body, voiceCallback, (told, now) => readSpoken(told, query, now)),
    listRecordings: async ({ params }) => {
      const results = await readRecordings(ctx.db.pool, params.call_sid)
      if (!results) return noCall
      return { status: 200, body: { results } }
    },
    hearRecording: async ({ params }, { caller, request, reply }) => {
      const found = await readRecordings(ctx.db.pool, params.call_sid)
      const one = found?.find(({ recording_sid }) => recording_sid === params.recording_sid)
      if (!one) return found ? refuse('not_found', { detail: 'The call has no such recording.' }) : noCall
      // Whoever asks for the head of it hears nothing.
      const isHead = request.method === 'HEAD'
      const sound = isHead ? Buffer.alloc(0) : await hearRecording(ctx, caller.actor, one)
      if (isRefusal(sound)) return sound
      reply.header('content-type', 'audio/mpeg')
      return { status: 200, body: sound }
    },
  }
}
