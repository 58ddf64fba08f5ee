import { createHmac } from 'node:crypto'

/** What a server is set up with, and the stand-in signs with. */
export const twilioSetUp = {
  accountSid: `AC${'a1'.repeat(16)}`,
  authToken: 'a test token of twilio',
  from: '+15550100',
  apiBase: 'https://api.twilio.com',
}
export const publicUrl = 'https://dispatch.example.org'

export type Params = Record<string, string>

/**
 * As Twilio's "Validating requests" describes it: the address and then each name with its value, sorted by
 * name, under HMAC-SHA1 with the token, in Base64.
 */
export function signTwilio(url: string, params: Params, token = twilioSetUp.authToken): string {
  const sorted = Object.keys(params).sort()
  const text = url + sorted.map((name) => name + params[name]).join('')
  return createHmac('sha1', token).update(text, 'utf8').digest('base64')
}

type Sending = { signedUrl?: string; token?: string; headers?: Record<string, string> }

/** Posts a form to the server as Twilio does, signed for its public address. */
export function twilioAt(baseUrl: () => string) {
  return async (path: string, params: Params, { signedUrl, token, headers }: Sending = {}) => {
    const reply = await fetch(baseUrl() + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        'x-twilio-signature': signTwilio(signedUrl ?? publicUrl + path, params, token),
        ...headers,
      },
      body: new URLSearchParams(params).toString(),
    })
    return { status: reply.status, text: await reply.text(), type: reply.headers.get('content-type') }
  }
}
export type Post = ReturnType<typeof twilioAt>
