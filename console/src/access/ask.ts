import { createClient, type Request } from '@toneout/contract/client.ts'
import type { Reply } from '@toneout/contract/operation.ts'
import type { OperationId, Operations } from '@toneout/contract/operations/all.ts'

const send = createClient({ baseUrl: '' })

type Good<Id extends OperationId> = Extract<Reply<Operations[Id]>, { status: 200 }>['body']

/** The server answered, but not with what was asked for. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  readonly retryAfter: string | null

  constructor(status: number, body: unknown, retryAfter: string | null) {
    const told = (typeof body === 'object' && body !== null ? body : {}) as { code?: string; detail?: string }
    super(told.detail ?? 'The server did not say why.')
    this.status = status
    this.code = told.code ?? 'internal'
    this.retryAfter = retryAfter
  }
}

/** Asks for an operation whose good reply is 200; throws Refused for any other, and when no reply came. */
export async function ask<Id extends OperationId>(id: Id, request: Request<Id>, signal?: AbortSignal) {
  return (await askWhole(id, request, signal)).body
}

/** The same with the reply's headers. */
export async function askWhole<Id extends OperationId>(id: Id, request: Request<Id>, signal?: AbortSignal) {
  const answer = await send(id, request, signal)
  if (answer.status !== 200) throw new Refused(answer.status, answer.body, answer.headers.get('retry-after'))
  return { body: answer.body as Good<Id>, headers: answer.headers }
}

/** Ends the session; its good reply is empty. */
export async function signOut(): Promise<void> {
  const answer = await send('signOut', {})
  if (answer.status !== 204) throw new Refused(answer.status, answer.body, null)
}

/** Why a request failed, in a sentence. */
export function reason(error: unknown): string {
  if (error instanceof Refused)
    return `The server answered ${error.status}: ${error.message.replace(/\.?$/, '.')}`
  const timeout = error instanceof DOMException && error.name === 'TimeoutError'
  return timeout ? 'The server did not answer within 10 s.' : 'The server could not be reached.'
}
