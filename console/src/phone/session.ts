import type { Me } from '@toneout/contract/model/person.ts'

export type Person = Pick<Me, 'id' | 'username' | 'role'>

/** The server answered, but not with what was asked for. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  readonly retryAfterMs: number

  constructor(status: number, body: unknown, retryAfter: string | null) {
    super(sentences(body))
    this.status = status
    this.code = (body as { code?: string } | null)?.code ?? 'internal'
    this.retryAfterMs = /^\d{1,4}$/.test(retryAfter ?? '') ? Number(retryAfter) * 1000 : 0
  }
}

/** The server's sentence, with what it says about single fields. */
function sentences(body: unknown): string {
  if (typeof body !== 'object' || body === null) return 'The server did not say why.'
  const { detail } = body as { detail?: unknown }
  const fields = Object.entries(body).flatMap(([, value]) => (Array.isArray(value) ? value : []))
  return fields.length > 0 ? fields.join(' ') : String(detail ?? 'The server did not say why.')
}

const patienceMs = 10_000

/**
 * Asks the server; throws Refused for any reply but a good one, and another error when no reply came. Paths
 * are written here and where they are used: the table of all operations would be a third of this page.
 */
export async function ask<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const reply = await fetch(path, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(patienceMs),
    cache: 'no-store',
  })
  const text = await reply.text()
  const isJson = reply.headers.get('content-type')?.includes('json') && text !== ''
  const answer = isJson ? JSON.parse(text) : null
  if (!reply.ok) throw new Refused(reply.status, answer, reply.headers.get('retry-after'))
  return answer as T
}

/** Who is signed in; null for nobody. */
export async function readMe(): Promise<Person | null> {
  try {
    const { id, username, role } = await ask<Me>('GET', '/api/me/')
    return { id, username, role }
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return null
    throw error
  }
}

/** Why nothing came of a request, in a sentence. */
export function reason(error: unknown): string {
  if (error instanceof Refused) return error.message
  return navigator.onLine ? 'The server could not be reached.' : 'This phone has no network.'
}
