import type { Call } from '@toneout/contract/model/call.ts'
import type { Actor, FactType } from '@toneout/contract/model/fact.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Interaction } from '@toneout/contract/model/interaction.ts'
import type { Settings } from '@toneout/contract/model/settings.ts'
import type { Refusal } from '@toneout/contract/refusals.ts'
import type { FactDraft } from '../timeline/record.ts'
import type { Revisions } from './revisions.ts'
import type { CallFields } from './rules.ts'
import type { StoredReply } from './store.ts'

/** What a command answers: a reply of its operation, or a refusal. */
export type Outcome<Status extends number, Body> = { status: Status; body: Body } | Refusal

/** The same of a command on a call; `followed`: its incident is to take over what changed. */
export type CallOutcome<Status extends number> = { status: Status; body: Call; followed: boolean } | Refusal

export type WorkedCall = {
  call: Call
  /** Highest sequence of its utterances, -1 without any. */
  highest: number
  /** Another number after each change of the row. */
  revision: number
  state: 'as loaded' | 'changed' | 'new'
  /** The number is to be sealed anew. */
  hasNewNumber?: boolean
}

/**
 * The rows one group of commands works on, locked and loaded together, and what they leave to be written.
 * Commands of a group run one after the other on it, so a later one sees what an earlier one decided.
 */
export type Work = {
  now: string
  settings: Settings
  /** What the calls that are changed get as their revision. */
  revision: number
  isOwn: Revisions['isOwn']
  calls: Map<string, WorkedCall>
  interactions: Map<number, Interaction>
  replies: Map<string, StoredReply>
  added: Interaction[]
  revised: Set<number>
  repliesGiven: StoredReply[]
  raised: Incident[]
  facts: FactDraft[]
  nextCallId: () => number
  nextIncidentId: () => number
  nextInteractionId: () => number
}

export type Ids = Pick<Work, 'nextCallId' | 'nextInteractionId' | 'nextIncidentId'>

type Loaded = Omit<WorkedCall, 'state' | 'hasNewNumber'>

export const replyKey = (callId: number, key: string) => `${callId} ${key}`

export function createWork(
  now: Date,
  settings: Settings,
  revisions: Revisions,
  ids: Ids,
  loaded: { calls: readonly Loaded[]; interactions?: Interaction[]; replies?: StoredReply[] },
): Work {
  const { calls, interactions = [], replies = [] } = loaded
  return {
    now: now.toISOString(),
    settings,
    revision: revisions.next(),
    isOwn: revisions.isOwn,
    calls: new Map(
      calls.map((one) => [one.call.call_sid, { ...one, state: 'as loaded', hasNewNumber: false }]),
    ),
    interactions: new Map(interactions.map((one) => [one.id, one])),
    replies: new Map(replies.map((one) => [replyKey(one.call_id, one.key), one])),
    added: [],
    revised: new Set(),
    repliesGiven: [],
    raised: [],
    facts: [],
    ...ids,
  }
}

/** Notes a fact about a call. */
export function note(
  work: Work,
  actor: Actor,
  type: FactType,
  callId: number,
  data: FactDraft['data'],
): void {
  work.facts.push({ at: work.now, type, actor, call_id: callId, data })
}

/** Fields whose values stay out of the timeline: facts are for ever, caller data must be erasable. */
const withheld = new Set(['caller_number'])

/** Gives the call another revision, to be written. */
export function revise(work: Work, worked: WorkedCall): void {
  worked.revision = work.revision
  if (worked.state === 'as loaded') worked.state = 'changed'
}

/** Makes the call this process's own, so that no other adds utterances unnoticed (revisions.ts). */
export function own(work: Work, worked: WorkedCall): void {
  if (!work.isOwn(worked.revision)) revise(work, worked)
}

/** Changes a call and notes what changed, from and to. No change is no write and no fact. */
export function change(work: Work, worked: WorkedCall, actor: Actor, fields: CallFields): void {
  const names = Object.keys(fields) as (keyof Call)[]
  if (names.length === 0) return
  const before = worked.call
  worked.call = { ...before, ...fields }
  if (fields.caller_number !== undefined) worked.hasNewNumber = true
  revise(work, worked)
  const ends = fields.completed_at !== undefined
  if (ends) {
    const { status, completed_at, duration_seconds } = worked.call
    note(work, actor, 'call_completed', before.id, { status, completed_at, duration_seconds })
  }
  const end = ends
    ? new Set<keyof Call>(['status', 'completed_at', 'duration_seconds'])
    : new Set<keyof Call>()
  const others = names.filter((name) => !end.has(name))
  if (others.length === 0) return
  const changes: Record<string, unknown> = {}
  for (const name of others) {
    changes[name] = withheld.has(name) ? { withheld: true } : { from: before[name], to: worked.call[name] }
  }
  note(work, actor, 'call_updated', before.id, { changes })
}

/** A word or an update from a call that was marked lost: contact is back. */
export function hearFrom(work: Work, worked: WorkedCall, actor: Actor): void {
  if (worked.call.lost_contact) change(work, worked, actor, { lost_contact: false })
}
