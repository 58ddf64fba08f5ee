import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Call } from '@toneout/contract/model/call.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import { wantsPerson } from '../calls/wants-person.ts'
import { targetOf } from '../incidents/targets.ts'
import { shortNumber } from '../line/world.ts'
import { waitsForUnit } from '../live/centre.ts'
import { rankOf, typeWord } from '../ui/words.ts'

/** Which of the three tones it has: a life is at stake, a caller wants a person, anything else. */
export type Tone = 'first' | 'person' | 'other'

/** Something a person must act on now. The key changes when it gets worse, so that it sounds again. */
export type Alarm = {
  readonly key: string
  readonly tone: Tone
  readonly words: string
  readonly at: { incident: number } | { call: string } | null
}

export type Scene = {
  readonly incidents: readonly Incident[]
  readonly assignments: readonly Assignment[]
  readonly calls: readonly Call[]
  readonly unitNumber: (id: number) => string
  /** The server's time in ms. */
  readonly now: number
  readonly isLive: boolean
}

/** A crew is to say that it has heard, and to move, within these. */
export const acknowledgeMs = 30_000
export const moveMs = 90_000
/** A call that may be about a life is to have a place within this. */
const placeMs = 30_000
const soonShare = 0.66

const first: Tone = 'first'

function waiting({ incidents, now }: Scene): Alarm[] {
  return incidents.filter(waitsForUnit).flatMap((row) => {
    const target = row.priority <= 2 ? targetOf(row) : undefined
    if (target === undefined) return []
    const share = (now - Date.parse(row.reopened_at ?? row.received_at)) / 1000 / target
    if (share < soonShare) return []
    const stage = share < 1 ? 'soon' : 'over'
    const what = stage === 'over' ? 'has waited longer than its target' : 'waits and is near its target'
    const named = `${shortNumber(row.incident_number)} ${typeWord(row.emergency_type)}`
    const words = `Priority ${row.priority} ${named} ${what}.`
    const tone = row.priority === 1 ? first : 'other'
    return { key: `wait ${row.id} ${stage}`, tone, words, at: { incident: row.id } }
  })
}

function crews({ assignments, unitNumber, now }: Scene): Alarm[] {
  return assignments.flatMap((one) => {
    const age = now - Date.parse(one.assigned_at)
    const unit = unitNumber(one.unit_id)
    const at = { incident: one.incident_id }
    const silent = one.status === 'ASSIGNED' && age >= acknowledgeMs
    const still = one.status === 'ACKNOWLEDGED' && age >= moveMs
    if (!silent && !still) return []
    const words = silent ? `${unit} has not acknowledged.` : `${unit} is not on its way yet.`
    return { key: `${silent ? 'silent' : 'still'} ${one.id}`, tone: 'other' as const, words, at }
  })
}

function callers({ calls, now }: Scene): Alarm[] {
  return calls.flatMap((call): Alarm[] => {
    const at = { call: call.call_sid }
    if (wantsPerson(call)) {
      return [
        { key: `person ${call.id}`, tone: 'person', words: 'A call wants a person. F4 takes it over.', at },
      ]
    }
    const isLost = call.location === '' && call.latitude === null
    const isLate = now - Date.parse(call.created_at) >= placeMs
    if (rankOf(call.priority_level) !== 1 || !isLost || !isLate || call.completed_at !== null) return []
    const words = 'A call of priority 1 has no location yet.'
    return [{ key: `place ${call.id}`, tone: first, words, at }]
  })
}

const ranks: Record<Tone, number> = { first: 0, person: 1, other: 2 }

/** All that is to be acted on now, the gravest first. Nothing else makes a sound. */
export function alarmsOf(scene: Scene): Alarm[] {
  const feed: Alarm[] = scene.isLive
    ? []
    : [{ key: 'feed', tone: 'other', words: 'This page is not live.', at: null }]
  const all = [...waiting(scene), ...callers(scene), ...crews(scene), ...feed]
  return all.sort((a, b) => ranks[a.tone] - ranks[b.tone])
}
