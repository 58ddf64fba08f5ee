import { Readable, Transform } from 'node:stream'
import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Recording } from '@toneout/contract/model/telephony.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'

/** An hour of speech as MP3 is a tenth of it. */
const mostBytes = 200 * 1024 * 1024
const answerMs = 10_000
const longestMs = 15 * 60_000

const notThere = refuse('not_found', { detail: 'The recording cannot be had from Twilio.' })
const notSetUp = refuse('channel_not_ready', { detail: 'Twilio is not set up, which keeps the recording.' })

/** Lets no more through than a recording can have. */
function limitBytes(): Transform {
  let passed = 0
  return new Transform({
    transform(chunk: Buffer, _, done) {
      passed += chunk.length
      if (passed > mostBytes) done(new Error('The recording is too large.'))
      else done(null, chunk)
    },
  })
}

/** Where Twilio has it as MP3 (Recording resource, "fetch a recording media file"); only Twilio's own. */
function mediaUrl({ url }: Recording, apiBase: string): URL | undefined {
  const found = URL.parse(`${url.replace(/\.(mp3|wav|json)$/i, '')}.mp3`)
  return found?.origin === new URL(apiBase).origin ? found : undefined
}

async function fetchMedia(ctx: Context, one: Recording): Promise<Readable | Refusal> {
  const { twilio } = ctx.config.channels
  if (!twilio) return notSetUp
  const url = mediaUrl(one, twilio.apiBase)
  if (!url) return notThere
  const login = Buffer.from(`${twilio.accountSid}:${twilio.authToken}`).toString('base64')
  const abort = new AbortController()
  const limit = setTimeout(() => abort.abort(), answerMs)
  try {
    const reply = await fetch(url, {
      headers: { authorization: `Basic ${login}` },
      redirect: 'error',
      signal: AbortSignal.any([abort.signal, AbortSignal.timeout(longestMs)]),
    })
    if (!reply.ok || !reply.body) {
      await reply.body?.cancel()
      ctx.log.warn({ status: reply.status }, 'Twilio did not give a recording')
      return reply.status === 404 ? notThere : refuse('unavailable', { retryAfterSeconds: 10 })
    }
    return Readable.fromWeb(reply.body as Parameters<typeof Readable.fromWeb>[0])
  } catch (error) {
    ctx.log.warn({ fault: (error as Error).name }, 'Twilio could not be asked for a recording')
    return refuse('unavailable', { retryAfterSeconds: 10 })
  } finally {
    clearTimeout(limit)
  }
}

/**
 * The sound of a recording as MP3. That somebody hears it is on the record before the first byte leaves. Only
 * the server may ask Twilio for it, with the account's login, which no browser gets.
 */
export async function hearRecording(ctx: Context, actor: Actor, one: Recording): Promise<Readable | Refusal> {
  const media = await fetchMedia(ctx, one)
  if ('refused' in media) return media
  const { recording_sid } = one
  const at = ctx.now().toISOString()
  const fact = { at, type: 'recording_heard', actor, call_id: one.call, data: { recording_sid } } as const
  await transaction(ctx.db, (connection) => record(connection, [fact])).catch((error) => {
    media.destroy()
    throw error
  })
  const sound = limitBytes()
  media.once('error', () => sound.destroy())
  sound.once('close', () => media.destroy())
  return media.pipe(sound)
}
