import type { Call, CallChange, CallOpening } from '@toneout/contract/model/call.ts'
import { callTransitions, isTerminal } from '@toneout/contract/model/call.ts'
import type {
  Interaction,
  InteractionAddition,
  InteractionRevision,
} from '@toneout/contract/model/interaction.ts'
import type { Refusal } from '@toneout/contract/refusals.ts'
import { refuse } from '@toneout/contract/refusals.ts'

/** What is written when a client does not say: values that still count as "not known". */
export const notKnown = {
  location: '',
  category: 'GENERAL',
  escalated_to_911: false,
  units_dispatched: false,
}

/** Facts of a call that a client may fill and change, other than its end. */
const fillable = [
  'caller_number',
  'location',
  'latitude',
  'longitude',
  'emergency_type',
  'category',
  'incident_number',
  'priority_level',
  'answered_at',
  'escalated_to_911',
  'units_dispatched',
  'language',
  'answered_by',
] as const satisfies readonly (keyof Call)[]

export type CallFields = Partial<Call>

/** An instant a client gave, unless it lies in the future: a client's fast clock must not lose the call. */
function notAfter(now: string, given: string | undefined): string | undefined {
  return given !== undefined && given <= now ? given : undefined
}

/**
 * The end of a call: stamped once, by the client's word when it is possible (not before received, not in
 * future).
 */
export function decideEnd(created_at: string, body: CallChange, now: string): CallFields {
  const said = notAfter(now, body.completed_at)
  const completed_at = said !== undefined && said >= created_at ? said : now
  const elapsed = Math.round((Date.parse(completed_at) - Date.parse(created_at)) / 1_000)
  return { completed_at, duration_seconds: body.duration_seconds ?? Math.max(0, elapsed) }
}

/** A new call from the first body that names it. */
export function decideOpening(body: CallOpening, id: number, now: string): Call {
  const created_at = notAfter(now, body.created_at) ?? now
  const status = body.status ?? 'ACTIVE'
  const known = Object.fromEntries(
    fillable.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]),
  )
  return {
    id,
    call_sid: body.call_sid,
    emergency_type: null,
    incident_number: null,
    priority_level: null,
    latitude: null,
    longitude: null,
    answered_at: null,
    language: null,
    answered_by: null,
    ...notKnown,
    ...known,
    caller_number: body.caller_number,
    status,
    created_at,
    completed_at: null,
    duration_seconds: body.duration_seconds ?? null,
    incident_id: null,
    lost_contact: false,
    handoff: null,
    ...(isTerminal(status) ? decideEnd(created_at, body, now) : {}),
  }
}

/** The same call_sid again: only what was still unknown is filled, nothing known is overwritten. */
export function decideRepeatedOpening(call: Call, body: CallOpening): CallFields {
  const filled: CallFields = {}
  for (const field of fillable) {
    const blank = field in notKnown ? notKnown[field as keyof typeof notKnown] : null
    if (call[field] === blank && body[field] !== undefined && body[field] !== blank) {
      Object.assign(filled, { [field]: body[field] })
    }
  }
  return filled
}

/**
 * A partial update. Gives only the fields that really change; a terminal call keeps its end, other facts may
 * come late.
 */
export function decideChange(call: Call, body: CallChange, now: string): CallFields | Refusal {
  if (body.call_sid !== undefined && body.call_sid !== call.call_sid) {
    return refuse('invalid', { fields: { call_sid: ['Cannot change; it must be the one in the path.'] } })
  }
  const changes: CallFields = {}
  for (const field of fillable) {
    if (body[field] !== undefined && body[field] !== call[field]) {
      Object.assign(changes, { [field]: body[field] })
    }
  }
  if (isTerminal(call.status)) {
    const allowed = body.status === undefined || callTransitions[call.status].includes(body.status)
    return allowed
      ? changes
      : refuse('call_ended', { detail: `The call is ${call.status}; its status cannot change any more.` })
  }
  if (body.duration_seconds !== undefined && body.duration_seconds !== call.duration_seconds) {
    changes.duration_seconds = body.duration_seconds
  }
  if (body.status !== undefined && body.status !== call.status) changes.status = body.status
  if (body.status && isTerminal(body.status)) {
    const said = { ...body, duration_seconds: body.duration_seconds ?? call.duration_seconds ?? undefined }
    Object.assign(changes, decideEnd(call.created_at, said, now))
  }
  return changes
}

/** A new utterance; without a sequence of its own it follows the highest so far. */
export function decideAddition(
  call: Pick<Call, 'id' | 'call_sid'>,
  body: InteractionAddition,
  place: { id: number; highest: number },
  now: string,
): Interaction {
  return {
    id: place.id,
    call: call.id,
    call_sid: call.call_sid,
    sequence: body.sequence ?? place.highest + 1,
    speaker: body.speaker,
    message: body.message,
    timestamp: now,
    spoken_at: body.spoken_at ?? null,
    confidence: body.confidence ?? null,
    language: body.language ?? null,
    is_final: body.is_final ?? true,
  }
}

/**
 * A better text for a partial utterance. A final one is never rewritten; saying again what it already says is
 * no change, so that a repeated PATCH is harmless.
 */
export function decideRevision(
  before: Interaction,
  body: InteractionRevision,
): Partial<Interaction> | Refusal {
  const changes: Partial<Interaction> = {}
  for (const field of ['message', 'spoken_at', 'confidence', 'language', 'is_final'] as const) {
    if (body[field] !== undefined && body[field] !== before[field]) {
      Object.assign(changes, { [field]: body[field] })
    }
  }
  if (Object.keys(changes).length === 0) return {}
  if (before.is_final) return refuse('interaction_final')
  const after = { ...before, ...changes }
  if (after.is_final && after.message.trim() === '') {
    return refuse('invalid', { fields: { message: ['May be empty only when is_final is false.'] } })
  }
  return changes
}

/** Minutes without a word or an update after which an open call is marked lost. */
export const lostContactMinutes = 15
