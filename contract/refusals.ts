/**
 * Every refusal the server can answer with, closed: code -> HTTP status and the sentence a person reads.
 * An operation lists the codes it may answer with; `common` may come from any operation.
 */
export const refusals = {
  invalid: { status: 400, detail: 'The request is not valid.' },
  not_authenticated: { status: 401, detail: 'Credentials are missing, wrong or expired.' },
  forbidden: { status: 403, detail: 'You may not do this.' },
  not_found: { status: 404, detail: 'There is no such thing here.' },
  call_ended: { status: 409, detail: 'The call has ended; its status cannot change any more.' },
  interaction_final: { status: 409, detail: 'The interaction is final; its text cannot be replaced.' },
  body_too_large: { status: 413, detail: 'The body is larger than 256 KB.' },
  unsupported_media_type: { status: 415, detail: 'Send application/json.' },
  idempotency_key_reused: {
    status: 422,
    detail: 'This Idempotency-Key was used on this call with another body.',
  },
  rate_limited: { status: 429, detail: 'Too many requests. Wait as long as Retry-After says.' },
  internal: { status: 500, detail: 'Something went wrong' },
  unavailable: { status: 503, detail: 'Something went wrong' },
} as const

export type RefusalCode = keyof typeof refusals

/** Refusals of the way in (parsing, credentials, limits, faults); every operation may answer with them. */
export const common = ['rate_limited', 'internal', 'unavailable'] as const satisfies readonly RefusalCode[]

/** Field name -> what is wrong with it; `non_field_errors` when no one field is to blame. */
export type FieldErrors = Record<string, string[]>

/** A command's answer when it refuses; `fields` are merged into the body. */
export type Refusal = {
  refused: RefusalCode
  detail?: string
  fields?: FieldErrors
  retryAfterSeconds?: number
}

export function refuse(code: RefusalCode, more: Omit<Refusal, 'refused'> = {}): Refusal {
  return { refused: code, ...more }
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value
}
