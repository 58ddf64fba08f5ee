import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Call } from '@toneout/contract/model/call.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { AlarmTimes } from '@toneout/contract/model/message.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'
import { wantsPerson } from '../calls/wants-person.ts'
import { shortNumber } from '../line/world.ts'
import { waitsForUnit } from '../live/centre.ts'
import { rankOf, typeWord } from '../ui/words.ts'

/** Which of the four tones it has: a crew in danger, a life at stake, a caller who wants a person, else. */
export type Tone = 'duress' | 'first' | 'person' | 'other'

/** Something a person must act on now. The key changes when it gets worse, so that it sounds again. */
export type Alarm = {
  readonly key: string
  readonly tone: Tone
  readonly words: string
  readonly at: { incident: number } | { call: string } | { unit: number } | null
}

export type Scene = {
  readonly incidents: readonly Incident[]
  readonly assignments: readonly Assignment[]
  readonly calls: readonly Call[]
  readonly unitNumber: (id: number) => string
  /** Crews who call for help and whom no desk has seen. */
  readonly duress: readonly { unit: Pick<Unit, 'id' | 'unit_number'>; since: string }[]
  /** The server's time in ms. */
  readonly now: number
  readonly isLive: boolean
  /** Those of the centre. */
  readonly times: Pick<AlarmTimes, keyof typeof usualTimes>
}

/** Until the centre's own are known; in seconds, and percent of what an incident may wait. */
export const usualTimes = {
  acknowledge_seconds: 30,
  moving_seconds: 90,
  waiting_share: 66,
  waiting_seconds_1: 120,
  waiting_seconds_2: 300,
}
/** A call that may be about a life is to have a place within this. */
const placeMs = 30_000

const first: Tone = 'first'

function waiting({ incidents, now, times }: Scene): Alarm[] {
  const limits: Record<number, number> = { 1: times.waiting_seconds_1, 2: times.waiting_seconds_2 }
  return incidents.filter(waitsForUnit).flatMap((row) => {
    const limit = limits[row.priority]
    if (limit === undefined) return []
    const share = (now - Date.parse(row.reopened_at ?? row.received_at)) / 1000 / limit
    if (share < times.waiting_share / 100) return []
    const stage = share < 1 ? 'soon' : 'over'
    const what =
      stage === 'over' ? 'has waited too long for a unit' : 'waits for a unit, and the time is nearly over'
    const named = `${shortNumber(row.incident_number)} ${typeWord(row.emergency_type)}`
    const words = `Priority ${row.priority} ${named} ${what}.`
    const tone = row.priority === 1 ? first : 'other'
    return { key: `wait ${row.id} ${stage}`, tone, words, at: { incident: row.id } }
  })
}

function crews({ assignments, unitNumber, now, times }: Scene): Alarm[] {
  return assignments.flatMap((one) => {
    const age = now - Date.parse(one.assigned_at)
    const unit = unitNumber(one.unit_id)
    const at = { incident: one.incident_id }
    const silent = one.status === 'ASSIGNED' && age >= times.acknowledge_seconds * 1000
    const still = one.status === 'ACKNOWLEDGED' && age >= times.moving_seconds * 1000
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

function inDanger({ duress }: Scene): Alarm[] {
  return duress.map(({ unit, since }) => {
    const words = `${unit.unit_number} calls for help.`
    return { key: `duress ${unit.id} ${since}`, tone: 'duress', words, at: { unit: unit.id } }
  })
}

const ranks: Record<Tone, number> = { duress: 0, first: 1, person: 2, other: 3 }

/** All that is to be acted on now, the gravest first. Nothing else makes a sound. */
export function alarmsOf(scene: Scene): Alarm[] {
  const feed: Alarm[] = scene.isLive
    ? []
    : [{ key: 'feed', tone: 'other', words: 'This page is not live.', at: null }]
  const all = [...inDanger(scene), ...waiting(scene), ...callers(scene), ...crews(scene), ...feed]
  return all.sort((a, b) => ranks[a.tone] - ranks[b.tone])
}
