import { type FieldErrors, type Refusal, refusals, refuse, toldCode } from '@toneout/contract/refusals.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { classify } from '../faults.ts'
import { QueueFull } from '../groups.ts'
import { BadBody } from './parse-body.ts'

/** Zod's issues by the field they are about, in the words of the schema. */
export function fieldErrors(issues: readonly z.core.$ZodIssue[]): FieldErrors {
  const fields: FieldErrors = {}
  const add = (name: string, message: string) => {
    const known = Object.hasOwn(fields, name) ? fields[name] : undefined
    Object.defineProperty(fields, name, {
      value: [...(known ?? []), message],
      enumerable: true,
      configurable: true,
    })
  }
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) add(key, 'Unknown field.')
    else if (issue.path.length === 0) add('non_field_errors', 'Must be a JSON object.')
    else add(String(issue.path[0]), issue.message)
  }
  return fields
}

/** Sends a refusal in the one error shape (docs/api-design.md). */
export function sendRefusal(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status, detail: usual } = refusals[refusal.refused]
  const detail = refusal.detail ?? usual
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="toneout"')
  if (status === 429 || status === 503) reply.header('retry-after', String(refusal.retryAfterSeconds ?? 1))
  const head = {
    code: toldCode(refusal.refused),
    detail,
    ...(status >= 500 && { request_id: request.id }),
    ...(status === 409 && { error: detail }),
  }
  return reply
    .code(status)
    .header('content-type', 'application/json; charset=utf-8')
    .header('x-request-id', request.id)
    .send(JSON.stringify({ ...head, ...refusal.fields, ...head }))
}

/** Milliseconds: for the first, and for anybody at most. */
const hold = { least: 100, most: 1_000 }
/** Answers held back at once; beyond it they leave at once, so that nothing piles up. */
const mostHeld = 10_000

let held = 0

/**
 * Answers somebody who asks too often a little later. A program that sends again as soon as it was answered
 * would otherwise take a core with being refused, and slow down those who keep to their limits. Each waits a
 * millisecond longer than the one before it, so that those of a flood do not come back all at once.
 */
export function holdBack(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): void {
  if (held >= mostHeld) return void sendRefusal(request, reply, refusal)
  const ms = Math.min(hold.least + held, hold.most)
  held += 1
  setTimeout(() => {
    held -= 1
    if (!reply.raw.destroyed) sendRefusal(request, reply, refusal)
  }, ms)
}

const byFastify: Record<string, Refusal> = {
  FST_ERR_CTP_BODY_TOO_LARGE: refuse('body_too_large'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: refuse('unsupported_media_type'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: refuse('invalid', {
    detail: 'Content-Length does not match the body.',
  }),
  FST_ERR_BAD_URL: refuse('invalid', { detail: 'The path is not a valid URL.' }),
}

/** Why the work cannot be done now but may be later, for the log; undefined for a bug. */
function notNow(error: unknown): string | undefined {
  if (error instanceof QueueFull) return 'too much waits for a commit'
  const { cause } = error as Error
  const fault = classify(error)
  if (fault === 'held') return 'somebody held a row for too long'
  if (fault === 'retry') return 'the database undid it too often'
  return fault === 'away' || (cause && classify(cause) === 'away') ? 'the database is away' : undefined
}

/** Any thrown error -> what the client is told; faults of ours are logged, never shown. */
export function toRefusal(error: unknown, request: FastifyRequest): Refusal {
  if (error instanceof BadBody) return error.refusal
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (code && Object.hasOwn(byFastify, code)) return byFastify[code] as Refusal
  if (statusCode && statusCode >= 400 && statusCode < 500) return refuse('invalid')
  const words = notNow(error)
  if (words) {
    request.log.warn({ reqId: request.id, code, route: request.routeOptions.url }, words)
    return refuse('unavailable')
  }
  // The message of a database error can quote a value, so only its code and the stack's frames are logged.
  const { stack = '', message = '' } = error as Error
  const lines = stack.replace(message, () => '').split('\n')
  const frames = lines.filter((line) => line.startsWith('    at '))
  request.log.error(
    { reqId: request.id, code, fault: (error as Error).name, frames, route: request.routeOptions.url },
    'fault',
  )
  return refuse('internal')
}
