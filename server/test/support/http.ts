/** A reply as a test sees it; the body parsed when it is JSON. */
// biome-ignore lint/suspicious/noExplicitAny: tests read bodies of many shapes
export type Seen = { status: number; body: any; headers: Headers }

export type Ask = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Seen>

/**
 * Asks a server as a program would; objects go as JSON, text and bytes as they are with the given content
 * type.
 */
export function asker(baseUrl: string, credential: Record<string, string>): Ask {
  return async (method, path, body, headers = {}) => {
    const raw = typeof body === 'string' || body instanceof Uint8Array || body === undefined
    const reply = await fetch(baseUrl + path, {
      method,
      headers: { ...credential, ...(raw ? {} : { 'content-type': 'application/json' }), ...headers },
      body: raw ? (body as BodyInit | undefined) : JSON.stringify(body),
    })
    const text = await reply.text()
    const isJson = reply.headers.get('content-type')?.includes('application/json') && text !== ''
    return { status: reply.status, body: isJson ? JSON.parse(text) : text, headers: reply.headers }
  }
}

export const withKey = (baseUrl: string, key: string) => asker(baseUrl, { 'x-api-key': key })
