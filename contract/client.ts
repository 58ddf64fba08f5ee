import type { Sent } from './operation.ts'
import type { OperationId, Operations } from './operations/all.ts'
import { operations } from './operations/all.ts'

type Empty = Record<never, never>
/** The parts a request must have; one that may be empty may be left out. */
type Filled<T> = { [K in keyof T as T[K] extends undefined ? never : Empty extends T[K] ? never : K]: T[K] }
export type Request<Id extends OperationId> = Partial<Sent<Operations[Id]>> & Filled<Sent<Operations[Id]>>

/** A reply as it came: any status, the body parsed when it is JSON, otherwise its text. */
export type Answer = { status: number; body: unknown; headers: Headers }

export type ClientOptions = {
  /** Where the server is, without a trailing slash; '' for the page's own origin. */
  baseUrl: string
  /** Sent with every request, e.g. the credential. Asked anew each time, so that tokens can change. */
  headers?: () => Record<string, string>
  fetch?: typeof fetch
  /** Milliseconds before a request is given up. */
  timeoutMs?: number
}

export type Client = <Id extends OperationId>(
  id: Id,
  request: Request<Id>,
  signal?: AbortSignal,
) => Promise<Answer>

/** The address of an operation with its parameters and query filled in. */
export function address(id: OperationId, request: { params?: unknown; query?: unknown }): string {
  const params = (request.params ?? {}) as Record<string, unknown>
  const path = operations[id].path.replace(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(String(params[name])),
  )
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value))
  }
  return query.size > 0 ? `${path}?${query}` : path
}

/**
 * A client typed by the contract. Throws only when no reply came (network, time-out); a refusal is an answer.
 */
export function createClient(options: ClientOptions): Client {
  const send = options.fetch ?? fetch
  return async (id, request, signal) => {
    const given = request as { params?: unknown; query?: unknown; headers?: unknown; body?: unknown }
    const deadline = AbortSignal.timeout(options.timeoutMs ?? 10_000)
    const headers: Record<string, string> = { accept: 'application/json', ...options.headers?.() }
    for (const [name, value] of Object.entries(given.headers ?? {})) {
      if (value !== undefined) headers[name] = String(value)
    }
    if (given.body !== undefined) headers['content-type'] = 'application/json'
    const reply = await send(options.baseUrl + address(id, given), {
      method: operations[id].method,
      headers,
      body: given.body === undefined ? undefined : JSON.stringify(given.body),
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    })
    const text = await reply.text()
    const json = reply.headers.get('content-type')?.includes('json') && text !== ''
    return { status: reply.status, body: json ? JSON.parse(text) : text, headers: reply.headers }
  }
}
