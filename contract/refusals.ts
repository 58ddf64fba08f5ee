/**
 * Every refusal the server can answer with, closed: code -> HTTP status and the sentence a person reads.
 * An operation lists the codes it may answer with; `common` may come from any operation.
 */
export const refusals = {
  invalid: { status: 400, detail: 'The request is not valid.' },
  not_authenticated: { status: 401, detail: 'Credentials are missing, wrong or expired.' },
  second_factor_required: { status: 401, detail: 'Give the code of your authenticator app too.' },
  forbidden: { status: 403, detail: 'You may not do this.' },
  second_factor_needed: { status: 403, detail: 'Set up an authenticator app before anything else.' },
  second_factor_exists: { status: 409, detail: 'An authenticator app is set up already.' },
  second_factor_missing: { status: 409, detail: 'No authenticator app is set up.' },
  not_found: { status: 404, detail: 'There is no such thing here.' },
  call_ended: { status: 409, detail: 'The call has ended; its status cannot change any more.' },
  interaction_final: { status: 409, detail: 'The interaction is final; its text cannot be replaced.' },
  unit_busy: { status: 409, detail: 'Ambulance is no longer available' },
  unit_unsuitable: { status: 409, detail: 'The unit may not do what this emergency needs.' },
  unit_number_taken: { status: 409, detail: 'Another unit has this number.' },
  name_taken: { status: 409, detail: 'Another one has this name.' },
  username_taken: { status: 409, detail: 'Another person has this username.' },
  employee_id_taken: { status: 409, detail: 'Another profile has this number of an employee.' },
  license_number_taken: { status: 409, detail: 'Another profile has this number of a licence.' },
  profile_exists: { status: 409, detail: 'The person has such a profile.' },
  own_account: { status: 403, detail: 'You cannot change your own role or shut yourself out.' },
  last_admin: { status: 409, detail: 'This is the last active admin.' },
  key_revoked: { status: 409, detail: 'The key was revoked; make another one.' },
  in_use: { status: 409, detail: 'It is in use now.' },
  retired: { status: 409, detail: 'It was taken out of use; restore it first.' },
  incident_not_open: { status: 409, detail: 'The incident is not open any more.' },
  incident_not_ended: { status: 409, detail: 'The incident is still open.' },
  incident_merged: { status: 409, detail: 'The incident is merged into another one; split it first.' },
  incident_not_merged: { status: 409, detail: 'The incident is not merged into that one.' },
  incident_has_merged: {
    status: 409,
    detail: 'Other incidents are merged into this one; merge the other way round.',
  },
  merge_into_itself: { status: 400, detail: 'An incident cannot be merged into itself.' },
  disposition_required: { status: 400, detail: 'Say how the incident ended: a disposition is missing.' },
  reason_required: { status: 400, detail: 'Say why: a reason is missing.' },
  patient_on_board: {
    status: 409,
    detail: 'A unit has a patient on board. Wait for the handover, or force it with a reason.',
  },
  paramedic_unavailable: { status: 409, detail: 'The paramedic is not available.' },
  licence_expired: { status: 409, detail: "The paramedic's licence has expired." },
  hospital_closed: { status: 409, detail: 'The hospital takes no patients now.' },
  assignment_moved_on: {
    status: 409,
    detail: 'The assignment has moved on; this step is not possible any more.',
  },
  order_id_reused: { status: 422, detail: 'This order_id was used for another order.' },
  incident_not_graver: {
    status: 409,
    detail: 'A unit is diverted only to another incident, as grave or graver.',
  },
  plan_changed: { status: 409, detail: 'The plan has changed since it was shown.' },
  no_streets: { status: 409, detail: 'No roads are loaded; import them first.' },
  no_position: { status: 409, detail: 'A place is not known.' },
  too_many_closures: { status: 409, detail: 'Too many streets are closed already.' },
  message_waiting: { status: 409, detail: 'The message is on its way already.' },
  channel_not_ready: { status: 409, detail: 'The channel is not set up.' },
  no_address: { status: 409, detail: 'You have no address for this channel.' },
  too_early: { status: 409, detail: 'The last contact test began less than 10 minutes ago.' },
  too_many_webhooks: { status: 409, detail: 'There are 100 webhooks already; take one out of use first.' },
  too_many_kept: { status: 409, detail: 'Too many files are kept; remove one first.' },
  body_too_large: { status: 413, detail: 'The body is larger than 256 KB.' },
  unsupported_media_type: { status: 415, detail: 'Send application/json.' },
  idempotency_key_reused: {
    status: 422,
    detail: 'This Idempotency-Key was used with another body.',
  },
  rate_limited: { status: 429, detail: 'Too many requests. Wait as long as Retry-After says.' },
  internal: { status: 500, detail: 'Something went wrong' },
  unavailable: { status: 503, detail: 'Something went wrong' },
} as const

export type RefusalCode = keyof typeof refusals

/** Refusals of the way in (parsing, credentials, limits, faults); every operation may answer with them. */
export const common = [
  'rate_limited',
  'second_factor_needed',
  'internal',
  'unavailable',
] as const satisfies readonly RefusalCode[]

/** The code a client is told. Whether a fault is ours or the database is away is told by the status alone. */
export function toldCode(code: RefusalCode): RefusalCode {
  return refusals[code].status >= 500 ? 'internal' : code
}

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

/** Where the call_sid in the path is nobody's. */
export const noCall = {
  refused: 'not_found',
  detail: 'There is no call with this call_sid.',
} as const satisfies Refusal

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value
}
