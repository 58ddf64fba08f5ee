import { createClient, type Request } from '@toneout/contract/client.ts'
import type { Reply } from '@toneout/contract/operation.ts'
import type { OperationId, Operations } from '@toneout/contract/operations/all.ts'
import { isAttended } from './attended.ts'

const send = createClient({
  baseUrl: '',
  // What a page asks for by itself must not keep the session of somebody who has left.
  headers: (): Record<string, string> => (isAttended() ? {} : { 'x-unattended': '1' }),
})

type Good<Id extends OperationId> = Extract<Reply<Operations[Id]>, { status: 200 | 201 | 204 }>['body']

/** Field name -> what is wrong with it, of those fields of an error's body that are lists of sentences. */
function fieldsOf(body: object): Record<string, string> {
  const lists = Object.entries(body).filter((entry): entry is [string, string[]] => Array.isArray(entry[1]))
  return Object.fromEntries(lists.map(([name, faults]) => [name, faults.join(' ')]))
}

/** The server answered, but not with what was asked for. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  /** What is wrong with which field of the body. */
  readonly fields: Readonly<Record<string, string>>
  /** When asking again makes sense, in ms since 1970; null when the server did not say. */
  readonly retryAt: number | null

  constructor(status: number, body: unknown, retryAfter: string | null) {
    const told = (typeof body === 'object' && body !== null ? body : {}) as { code?: string; detail?: string }
    super(told.detail ?? 'The server did not say why.')
    this.status = status
    this.code = told.code ?? 'internal'
    this.fields = fieldsOf(told)
    this.retryAt = /^\d{1,6}$/.test(retryAfter ?? '') ? Date.now() + Number(retryAfter) * 1000 : null
  }
}

/** Asks for an operation; throws Refused for any reply but a good one, and when no reply came. */
export async function ask<Id extends OperationId>(id: Id, request: Request<Id>, signal?: AbortSignal) {
  return (await askWhole(id, request, signal)).body
}

/** The same with the reply's headers. */
export async function askWhole<Id extends OperationId>(id: Id, request: Request<Id>, signal?: AbortSignal) {
  const answer = await send(id, request, signal)
  if (answer.status < 200 || answer.status > 299)
    throw new Refused(answer.status, answer.body, answer.headers.get('retry-after'))
  return { body: answer.body as Good<Id>, headers: answer.headers }
}

/** Why a request failed, in a sentence. */
export function reason(error: unknown): string {
  if (error instanceof Refused)
    return `The server answered ${error.status}: ${error.message.replace(/\.?$/, '.')}`
  const timeout = error instanceof DOMException && error.name === 'TimeoutError'
  return timeout ? 'The server did not answer within 10 s.' : 'The server could not be reached.'
}
