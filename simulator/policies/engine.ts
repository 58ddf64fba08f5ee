import type { EmergencyType } from '@toneout/contract/model/call.ts'
import type { Priority } from '@toneout/contract/model/incident.ts'
import type { UnitType } from '@toneout/contract/model/unit.ts'
import { type RankableUnit, type ResponsePlan, rankUnits } from '../../server/recommendations/rules.ts'

/** An emergency with all that chance decides about it, drawn beforehand. Times are seconds. */
export type Job = {
  /** When a unit can be sent, since the beginning, and when the call came in. */
  at: number
  received: number
  zone: number
  type: EmergencyType
  priority: Priority
  turnout: number
  /** From the middle of the zone to the patient. */
  lastPart: number
  scene: number
  /** At the hospital; undefined when nobody is taken there. */
  handover?: number
}
export type Vehicle = { id: number; unit_number: string; unit_type: UnitType; home: number }
/** A unit as policies look at it: where it is now, and whether it is free. */
export type Standing = { zone: number; isFree: boolean }

export type City = {
  /** Seconds of a drive from zone to zone that begins at a moment. */
  drive: (from: number, to: number, siren: boolean, at: number) => number
  /** The zone in which a unit is that has driven a share of its way. */
  onTheWay: (from: number, to: number, share: number) => number
  /** The zone of the hospital for a patient. */
  hospital: (zone: number, type: EmergencyType) => number
  plan: (type: EmergencyType, priority: Priority) => ResponsePlan
}
/** Seconds by which units are compared, for each; whoever has the least is sent. */
export type Weigh = (job: Job, fleet: readonly Standing[], seconds: Float64Array) => Float64Array
export type Rules = {
  weigh: Weigh
  /** What happens when nobody is free: the call waits, or is lost as in a telephone exchange. */
  whenBusy: 'wait' | 'lose'
}
/** Seconds from the call to the first unit at the patient; `sent` is when the first unit was sent. */
export type Served = { job: Job; sent: number; response: number; isLost: boolean }

type State = Vehicle & { zone: number; isFree: boolean; freeAt: number; lastZone: number }
type Ending = { at: number; unit: number }

/** Share of the time at the patient after which a unit that is not needed any more leaves. */
const helperShare = 0.45
/** The product refuses positions that are old and shifts that end; here nobody's are. */
const epoch = Date.parse('2026-01-05T00:00:00Z')

type Play = Rules & {
  city: City
  fleet: readonly State[]
  rankable: readonly RankableUnit[]
  endings: Ending[]
  waiting: Job[]
  number: number
}
type Told = (served: Served) => void

/**
 * Plays emergencies against a fleet event by event; who is sent is decided by the product's own ranking. Jobs
 * come in order of `at`. What is under way lives on between calls of `play`: days go on from one another.
 */
export function openEngine(vehicles: readonly Vehicle[], city: City, rules: Rules) {
  const play: Play = {
    ...rules,
    city,
    fleet: vehicles.map((one) => ({ ...one, zone: one.home, isFree: true, freeAt: 0, lastZone: one.home })),
    rankable: vehicles.map(({ id, unit_number, unit_type }) => {
      const place = { latitude: 0, longitude: 0, position_at: new Date(epoch).toISOString() }
      return { ...place, id, unit_number, unit_type, duty: 'AVAILABLE', live: null, has_crew: true }
    }),
    endings: [],
    waiting: [],
    number: 0,
  }
  return {
    /** Plays jobs and tells of each when its first unit is known; what still waits is told of later. */
    play(jobs: readonly Job[], told: Told): void {
      for (const job of jobs) {
        release(play, job.at, told)
        const arrived = send(play, job, job.at)
        if (arrived !== undefined) told(served(job, job.at, arrived))
        else if (rules.whenBusy === 'wait') enqueue(play.waiting, job)
        else told({ job, sent: job.at, response: Number.NaN, isLost: true })
      }
    },
    /** Lets everything come to its end. */
    drain: (told: Told) => release(play, Number.POSITIVE_INFINITY, told),
    waiting: () => play.waiting.length,
  }
}

const served = (job: Job, sent: number, arrived: number): Served => ({
  ...{ job, sent, response: arrived - job.received, isLost: false },
})

/** Units on their way home are somewhere between. */
function locate({ fleet, city }: Play, at: number): void {
  for (const unit of fleet) {
    if (!unit.isFree || unit.zone === unit.home) continue
    const whole = city.drive(unit.lastZone, unit.home, false, unit.freeAt)
    const share = whole > 0 ? Math.min(1, (at - unit.freeAt) / whole) : 1
    unit.zone = share >= 1 ? unit.home : city.onTheWay(unit.lastZone, unit.home, share)
  }
}

const bound = { incident_id: -1, incident_number: '' }

/** Sends what the product would send and gives when the first is there; undefined when nobody can go. */
function send(play: Play, job: Job, at: number): number | undefined {
  const { fleet, rankable, city } = play
  if (!fleet.some(({ isFree }) => isFree)) return undefined
  locate(play, at)
  const now = new Date(epoch + at * 1_000).toISOString()
  const seconds = Float64Array.from(fleet, ({ zone }) => city.drive(zone, job.zone, job.priority <= 2, at))
  for (const [i, unit] of rankable.entries()) {
    unit.live = fleet[i]!.isFree ? null : bound
    unit.position_at = now
  }
  const toEstimate = (one: number) => ({ seconds: one, metres: 0, source: 'graph' as const, as_of: now })
  const estimates = Array.from(play.weigh(job, fleet, seconds), toEstimate)
  play.number += 1
  const plan = city.plan(job.type, job.priority)
  const { picks } = rankUnits(plan, { id: play.number }, rankable, estimates, now)
  if (picks.length === 0) return undefined
  const sent = picks.map(({ unit_id }) => fleet.findIndex(({ id }) => id === unit_id))
  const arrivals = sent.map((i) => at + job.turnout + seconds[i]! + job.lastPart)
  const first = Math.min(...arrivals)
  const level = (i: number) => levels[fleet[i]!.unit_type] ?? 0
  const carrier = sent.reduce((a, b) => (level(b) > level(a) ? b : a))
  for (const [n, i] of sent.entries()) bind(play, i, job, arrivals[n]!, i === carrier)
  return first
}

function bind({ fleet, city, endings }: Play, i: number, job: Job, arrived: number, carries: boolean): void {
  const left = arrived + job.scene * (carries ? 1 : helperShare)
  const goes = carries && job.handover !== undefined
  const to = goes ? city.hospital(job.zone, job.type) : job.zone
  const frees = goes ? left + city.drive(job.zone, to, false, left) + job.handover! : left
  Object.assign(fleet[i]!, { isFree: false, lastZone: to })
  addEnding(endings, { at: frees, unit: i })
}

/** Frees who has ended by then; each who is free goes to the first of those waiting that it may serve. */
function release(play: Play, until: number, told: Told): void {
  const { endings, fleet, waiting } = play
  while (endings.length > 0 && endings[0]!.at <= until) {
    const { at, unit } = endings.shift()!
    const one = fleet[unit]!
    Object.assign(one, { isFree: true, freeAt: at, zone: one.lastZone })
    for (let n = 0; n < waiting.length; n++) {
      const arrived = send(play, waiting[n]!, at)
      if (arrived === undefined) continue
      told(served(waiting.splice(n, 1)[0]!, at, arrived))
      break
    }
  }
}

const levels: Partial<Record<UnitType, number>> = { BASIC: 1, ADVANCED: 2, CRITICAL: 3 }

/** The graver first, among equals who called first. */
function enqueue(waiting: Job[], job: Job): void {
  const at = waiting.findIndex((one) => one.priority > job.priority)
  waiting.splice(at < 0 ? waiting.length : at, 0, job)
}

/** Few units are bound at once, so a sorted list is as good as a heap. */
function addEnding(endings: Ending[], ending: Ending): void {
  let at = endings.length
  while (at > 0 && endings[at - 1]!.at > ending.at) at--
  endings.splice(at, 0, ending)
}
