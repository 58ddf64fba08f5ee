import {
  recordingCallback,
  transcriptionCallback,
  voiceCallback,
} from '@toneout/contract/model/telephony.ts'
import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { fieldErrors } from '../lib/http/answer.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import type { Limits } from '../lib/limits-of-callers.ts'
import { type PhoneEvent, readRecording, readVoice, readWords } from './rules.ts'
import { createSignatureCheck, tokenOf } from './signature.ts'
import { readRecordings } from './store.ts'
import type { Telephony } from './telephony.ts'
import { fallbackTwiml } from './twiml.ts'

type Ids = 'tellPhoneStatus' | 'answerPhone' | 'tellTranscription' | 'tellRecording' | 'listRecordings'

type Params = Record<string, string>
type Parts = { telephony: Telephony; limits: Pick<Limits, 'stranger'> }
type Told = PhoneEvent | 'unreadable' | undefined
/** What of zod's schemas is needed here. */
type Schema<T> = { safeParse: (params: Params) => Parsed<T> }
type Parsed<T> =
  | { success: true; data: T }
  | { success: false; error: { issues: Parameters<typeof fieldErrors>[0] } }

export function telephonyRoutes(ctx: Context, { telephony, limits }: Parts): SomeHandlers<Ids> {
  const refuseUnsigned = createSignatureCheck(ctx)

  /** Checks who asks, reads what it tells and gives it away. */
  async function hear<T>(
    request: FastifyRequest,
    params: Params,
    schema: Schema<T>,
    read: (body: T, now: string) => Told,
  ): Promise<Refusal | { status: 204; body: undefined }> {
    const unsigned = refuseUnsigned(request, params)
    if (unsigned) return limits.stranger(request.ip) ?? unsigned
    const parsed = schema.safeParse(params)
    if (!parsed.success) return refuse('invalid', { fields: fieldErrors(parsed.error.issues) })
    const event = read(parsed.data, ctx.now().toISOString())
    if (event === 'unreadable') return refuse('invalid', { detail: 'The callback lacks what it tells of.' })
    if (event) await telephony.accept(event, tokenOf(request))
    return { status: 204, body: undefined }
  }

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
      if (isRefusal(heard)) return heard
      return { status: 200, body: fallbackTwiml(query.dial) }
    },
    listRecordings: async ({ params }) => {
      const results = await readRecordings(ctx.db.pool, params.call_sid)
      if (!results) return refuse('not_found', { detail: 'There is no call with this call_sid.' })
      return { status: 200, body: { results } }
    },
  }
}
