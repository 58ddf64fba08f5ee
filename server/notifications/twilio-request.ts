import type { Context } from '../context.ts'
import { faultOf, type Parcel } from './channel.ts'
import { type Outcome, readRetryAfter } from './rules-retry.ts'

export type Account = NonNullable<Context['config']['channels']['twilio']>

/** Bytes of what Twilio says of an error; what is longer says nothing of use, and is not read to its end. */
const answerLimit = 64 * 1024

async function readText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > answerLimit) return ''
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

async function readCode(reply: Response): Promise<string> {
  try {
    const { code } = JSON.parse(await readText(reply)) as { code?: unknown }
    return typeof code === 'number' ? ` (${code})` : ''
  } catch {
    return ''
  }
}

/**
 * Creates a message or a call by Twilio's REST API, 2010-04-01: form-encoded, Basic authentication with the
 * account. https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource and
 * https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource. Its sentence about an error
 * names the number, so only the code is kept.
 */
export async function askTwilio(
  { accountSid, authToken, apiBase }: Account,
  resource: 'Messages' | 'Calls',
  form: Readonly<Record<string, string>>,
  { key, timeoutMs }: Pick<Parcel, 'key' | 'timeoutMs'>,
): Promise<Outcome> {
  const login = Buffer.from(`${accountSid}:${authToken}`).toString('base64')
  try {
    const reply = await fetch(`${apiBase}/2010-04-01/Accounts/${accountSid}/${resource}.json`, {
      method: 'POST',
      headers: { authorization: `Basic ${login}`, accept: 'application/json', 'idempotency-key': key },
      body: new URLSearchParams(form),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    // Read also when it took it, so that the connection is of use again; whatever it says or not, it took it.
    const code = await readCode(reply)
    if (reply.ok) return { done: true }
    const mayTryAgain = reply.status === 429 || reply.status >= 500
    const retryAfterMs = readRetryAfter(reply.headers.get('retry-after'), Date.now())
    return { done: false, fault: `Twilio ${reply.status}${code}`, final: !mayTryAgain, retryAfterMs }
  } catch (error) {
    return { done: false, fault: faultOf(error) }
  }
}
