import { z } from 'zod'
import { optionalNumber, optionalText, requiredText, requiredWord, rowId } from './text.ts'

const sid = () => requiredText(100)
const mostCount = 2_147_483_647
const count = () => optionalNumber(0, mostCount, true)

/** What Twilio tells of a key that somebody pressed in a call. Other fields are left aside. */
export const pressedCallback = z.object({ CallSid: sid(), Digits: optionalText(20) })
export type PressedCallback = z.output<typeof pressedCallback>

/** Words of Twilio's CallStatus; the last four are ends without an answer. */
export const phoneStatuses = [
  'QUEUED',
  'INITIATED',
  'RINGING',
  'IN-PROGRESS',
  'COMPLETED',
  'BUSY',
  'FAILED',
  'NO-ANSWER',
  'CANCELED',
] as const
export type PhoneStatus = (typeof phoneStatuses)[number]

/** What Twilio tells of a call: a status callback, or a request for TwiML. Other fields are left aside. */
export const voiceCallback = z.object({
  CallSid: sid(),
  CallStatus: requiredWord(phoneStatuses),
  From: optionalText(1_000),
  Direction: optionalText(100),
  ParentCallSid: optionalText(100),
  Timestamp: optionalText(100),
  CallDuration: count(),
  SequenceNumber: count(),
})
export type VoiceCallback = z.output<typeof voiceCallback>

export const transcriptionEvents = [
  'TRANSCRIPTION-STARTED',
  'TRANSCRIPTION-CONTENT',
  'TRANSCRIPTION-STOPPED',
  'TRANSCRIPTION-ERROR',
] as const

/** What Twilio tells of a real-time transcription; only TRANSCRIPTION-CONTENT has words. */
export const transcriptionCallback = z.object({
  CallSid: sid(),
  TranscriptionSid: sid(),
  TranscriptionEvent: requiredWord(transcriptionEvents),
  SequenceId: optionalNumber(0, mostCount, true),
  Timestamp: optionalText(100),
  Track: optionalText(100),
  LanguageCode: optionalText(35),
  Final: optionalText(10),
  /** JSON text of `{"transcript": …, "confidence": …}`. */
  TranscriptionData: optionalText(64_000),
})
export type TranscriptionCallback = z.output<typeof transcriptionCallback>

export const recordingStatuses = [
  'IN-PROGRESS',
  'PAUSED',
  'STOPPED',
  'COMPLETED',
  'ABSENT',
  'FAILED',
] as const

/** What Twilio tells of a recording; only a completed one can be listened to. */
export const recordingCallback = z.object({
  CallSid: sid(),
  RecordingSid: sid(),
  RecordingStatus: requiredWord(recordingStatuses),
  RecordingUrl: optionalText(1_000),
  RecordingDuration: count(),
  RecordingStartTime: optionalText(100),
})
export type RecordingCallback = z.output<typeof recordingCallback>

/** A recording of a call: where Twilio keeps it, whose own login it asks for. Seconds; instants in UTC. */
export const recording = z
  .object({
    call: rowId,
    recording_sid: z.string(),
    url: z.string(),
    duration_seconds: z.number().int().nullable(),
    started_at: z.string(),
  })
  .meta({ id: 'Recording' })
export type Recording = z.output<typeof recording>
