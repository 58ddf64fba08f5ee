import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { FastifyRequest } from 'fastify'
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js'
import type { Context } from '../context.ts'

/** Bytes of a body at most. */
const bodyLimit = 64 * 1_024
const form = 'application/x-www-form-urlencoded'

const one = (header: string | string[] | undefined) => (typeof header === 'string' ? header : undefined)

/**
 * Why a request is not taken for Twilio's; undefined when it is. What it signed is the address it was given,
 * which is ours by PUBLIC_URL and never by what the request says of its host.
 */
export function createSignatureCheck({ config, log }: Pick<Context, 'config' | 'log'>) {
  const { publicUrl, channels } = config
  const { authToken: token, nextAuthToken } = channels.twilio ?? {}
  const tokens = [token, nextAuthToken].filter((one) => one !== undefined)
  let told = false

  return (request: FastifyRequest, params: Record<string, string>): Refusal | undefined => {
    if (token === undefined || publicUrl === undefined) {
      const missing = token === undefined ? 'TWILIO_AUTH_TOKEN' : 'PUBLIC_URL'
      if (!told) log.warn({ missing }, 'a request for /twilio/ came, and Twilio is not set up')
      told = true
      return refuse('not_found')
    }
    const { headers, url } = request
    if (!headers['content-type']?.toLowerCase().startsWith(form)) return refuse('unsupported_media_type')
    if (Number(headers['content-length'] ?? 0) > bodyLimit) return refuse('body_too_large')
    const signature = one(headers['x-twilio-signature'])
    const isSignedWith = (one: string) => validateRequest(one, signature ?? '', publicUrl + url, params)
    return tokens.some(isSignedWith)
      ? undefined
      : refuse('forbidden', { detail: 'The signature is not that of Twilio.' })
  }
}

/** What Twilio sends again with a request that it repeats. */
export const tokenOf = ({ headers }: FastifyRequest) =>
  one(headers['i-twilio-idempotency-token'])?.slice(0, 200)
