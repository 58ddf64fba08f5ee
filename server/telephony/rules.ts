import type { CallStatus } from '@toneout/contract/model/call.ts'
import type { Speaker } from '@toneout/contract/model/interaction.ts'
import type {
  PhoneStatus,
  PressedCallback,
  RecordingCallback,
  TranscriptionCallback,
  VoiceCallback,
} from '@toneout/contract/model/telephony.ts'

/** What is kept of a call that names no number; it means the same as a number that is withheld. */
export const unknownNumber = 'unknown'

/** The call of an event; `at` is when Twilio says that it happened. Instants are ISO 8601 in UTC. */
type OfCall = { call_sid: string; at: string }

export type Ringing = OfCall & {
  kind: 'voice'
  caller_number: string
  answered: boolean
  end?: { status: CallStatus; duration_seconds?: number }
}

export type Words = OfCall & {
  kind: 'words'
  transcription_sid: string
  sequence_id: number
  track: string
  speaker: Speaker
  message: string
  confidence?: number
  language?: string
  is_final: boolean
}

export type Recorded = OfCall & {
  kind: 'recording'
  recording_sid: string
  url: string
  duration_seconds: number | null
}

/** Of a call that said a message of ours: which one, in which round of its tries. */
type OfMessage = { message_id: number; round: number; at: string }
export type Acknowledged = OfMessage & { kind: 'acknowledged' }
export type Unanswered = OfMessage & { kind: 'unanswered'; attempt: number; fault: string }

/** What a callback tells that is worth keeping. */
export type PhoneEvent = Ringing | Words | Recorded | Acknowledged | Unanswered

/** Twilio's instant, RFC 2822 or ISO 8601; `now` when there is none, or it lies ahead. */
function instantOf(said: string | undefined, now: string): string {
  const ms = Date.parse(said ?? '')
  return ms <= Date.parse(now) ? new Date(ms).toISOString() : now
}

const ends: Partial<Record<PhoneStatus, CallStatus>> = {
  COMPLETED: 'COMPLETED',
  BUSY: 'CANCELLED',
  FAILED: 'CANCELLED',
  'NO-ANSWER': 'CANCELLED',
  CANCELED: 'CANCELLED',
}

/**
 * undefined for what is no caller's call: one we make, such as a voice message to a crew, or the further leg
 * by which a caller is connected to somebody.
 */
export function readVoice(body: VoiceCallback, now: string): Ringing | undefined {
  const { CallSid, CallStatus, Direction = 'inbound', ParentCallSid, From, CallDuration } = body
  if (Direction.toLowerCase() !== 'inbound' || ParentCallSid !== undefined) return undefined
  const status = ends[CallStatus]
  return {
    kind: 'voice',
    call_sid: CallSid,
    at: instantOf(body.Timestamp, now),
    caller_number: (From ?? unknownNumber).slice(0, 100),
    answered: CallStatus === 'IN-PROGRESS',
    ...(status && { end: { status, duration_seconds: CallDuration } }),
  }
}

/** When a call began that has ended now. */
export function beganAt({ at, end }: Ringing): string {
  return new Date(Date.parse(at) - (end?.duration_seconds ?? 0) * 1_000).toISOString()
}

/** The text and how sure Twilio is; undefined when it is not in Twilio's form. */
function readData(text: string | undefined): { message: string; confidence?: number } | undefined {
  let data: unknown
  try {
    data = JSON.parse(text ?? '')
  } catch {
    return undefined
  }
  const { transcript, confidence } = (data ?? {}) as { transcript?: unknown; confidence?: unknown }
  if (typeof transcript !== 'string') return undefined
  const isShare = typeof confidence === 'number' && confidence >= 0 && confidence <= 1
  // What a database cannot store is no word that anybody said.
  const message = transcript.replaceAll('\0', '').toWellFormed().slice(0, 20_000).toWellFormed()
  return { message, ...(isShare && { confidence }) }
}

/** 'unreadable': content without what is needed to place it; undefined: nothing was said. */
export function readWords(body: TranscriptionCallback, now: string): Words | 'unreadable' | undefined {
  if (body.TranscriptionEvent !== 'TRANSCRIPTION-CONTENT') return undefined
  const data = readData(body.TranscriptionData)
  if (!data || body.SequenceId === undefined) return 'unreadable'
  if (data.message.trim() === '') return undefined
  const track = body.Track ?? 'inbound_track'
  return {
    kind: 'words',
    call_sid: body.CallSid,
    at: instantOf(body.Timestamp, now),
    transcription_sid: body.TranscriptionSid,
    sequence_id: body.SequenceId,
    track,
    speaker: track === 'outbound_track' ? 'SYSTEM' : 'CALLER',
    ...data,
    ...(body.LanguageCode !== undefined && { language: body.LanguageCode }),
    is_final: body.Final?.toLowerCase() !== 'false',
  }
}

/** 'unreadable': completed, and without a link; undefined: there is nothing to listen to yet. */
export function readRecording(body: RecordingCallback, now: string): Recorded | 'unreadable' | undefined {
  if (body.RecordingStatus !== 'COMPLETED') return undefined
  const url = URL.parse(body.RecordingUrl ?? '')
  if (url?.protocol !== 'https:') return 'unreadable'
  return {
    kind: 'recording',
    call_sid: body.CallSid,
    at: instantOf(body.RecordingStartTime, now),
    recording_sid: body.RecordingSid,
    url: url.href,
    duration_seconds: body.RecordingDuration ?? null,
  }
}

/** The message that an address of ours names, as the sender of messages made it. */
export function readKey(key: string): { message_id: number; round: number } {
  const [message_id, round] = key.split('-').slice(1).map(Number) as [number, number]
  return { message_id, round }
}

/** The key that acknowledges. */
const yes = '1'

/** undefined for any other key than the one that acknowledges. */
export function readPressed(body: PressedCallback, key: string, now: string): Acknowledged | undefined {
  return body.Digits === yes ? { kind: 'acknowledged', ...readKey(key), at: now } : undefined
}

const faults: Partial<Record<PhoneStatus, string>> = {
  BUSY: 'busy',
  FAILED: 'the call failed',
  'NO-ANSWER': 'no answer',
  CANCELED: 'the call failed',
}

/** undefined for a call that somebody or something took. */
export function readSpoken(
  body: VoiceCallback,
  { key, attempt }: { key: string; attempt: number },
  now: string,
): Unanswered | undefined {
  const fault = faults[body.CallStatus]
  return fault === undefined
    ? undefined
    : { kind: 'unanswered', ...readKey(key), attempt, fault, at: instantOf(body.Timestamp, now) }
}
