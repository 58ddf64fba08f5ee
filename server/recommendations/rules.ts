import { careLevels, type DutyStatus, type Unit, type UnitType } from '@toneout/contract/model/unit.ts'
import { mayServe } from '../dispatch/rules.ts'
import { type Estimate, type Estimates, isPosition, type MaybePosition } from '../lib/geo.ts'

/** Milliseconds: our own choices. A position is marked after a minute and not used after five. */
export const limits = { markedAge: 60_000, usableAge: 300_000, shiftLeft: 600_000, nearMisses: 5 }
/** Seconds of drive time that count as one in a version; see `rankUnits`. */
export const versionStep = 30

/** One unit for each: of that type or, among care levels, stronger. */
type Needs = readonly UnitType[]
/** `why` is a sentence for people. */
export type ResponsePlan = { needs: Needs; why: string }

export type RankableUnit = MaybePosition & {
  duty: DutyStatus
  /** Where its live assignment binds it; null while free. */
  live: { incident_id: number; incident_number: string } | null
  has_crew: boolean
  shift_ends_at?: string | null
} & Pick<Unit, 'id' | 'unit_number' | 'unit_type' | 'position_at'>

/** Where nobody knows how far the incident is, because it has no coordinates. */
const unknownDrive = { seconds: null, metres: null, source: null } as const
type Drive = Pick<Estimate, 'seconds' | 'metres' | 'source'> | typeof unknownDrive

/** `position_old` marks a position of more than a minute. */
export type UnitPick = Drive & { unit_id: number; need: UnitType; position_old: boolean; reason: string }

/** Milliseconds since the unit was there; NaN without a position. A clock that runs ahead makes none old. */
function positionAge(unit: RankableUnit, at: number): number {
  return unit.position_at && isPosition(unit) ? at - Date.parse(unit.position_at) : Number.NaN
}

const inMinutes = (ms: number) => `${Math.floor(ms / 60_000)} min`
export const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
export function clock(seconds: number): string {
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** Why a unit cannot go, whatever is needed; the words are made only for units that are shown. */
export function findHurdle(
  unit: RankableUnit,
  seconds: number,
  at: number,
  isPlaced = true,
): (() => string) | undefined {
  const { live, duty, shift_ends_at } = unit
  if (live) return () => `On ${live.incident_number}`
  if (duty !== 'AVAILABLE') return () => sentence(duty.replaceAll('_', ' ').toLowerCase())
  if (!unit.has_crew) return () => 'No crew'
  const age = positionAge(unit, at)
  if (isPlaced && Number.isNaN(age)) return () => 'No position'
  if (isPlaced && age > limits.usableAge) return () => `Position ${inMinutes(age)} old`
  if (seconds === Number.POSITIVE_INFINITY) return () => 'No drive time'
  const left = shift_ends_at ? Date.parse(shift_ends_at) - at : Number.POSITIVE_INFINITY
  if (left <= 0) return () => 'Shift has ended'
  if (left < Math.max(limits.shiftLeft, seconds * 1_000)) return () => `Shift ends in ${inMinutes(left)}`
  return undefined
}

/**
 * Seconds are -1 for units bound to this incident and Infinity where no drive time is known. A fleet of
 * 10,000 passes here at each look, so it makes columns instead of objects.
 */
function tabulate(
  units: readonly RankableUnit[],
  incident: number,
  estimates: Estimates | undefined,
  at: number,
) {
  const seconds = new Float64Array(units.length)
  for (const [i, { live }] of units.entries()) {
    const known = estimates ? (estimates[i]?.seconds ?? -1) : 0
    seconds[i] = live?.incident_id === incident ? -1 : known >= 0 ? known : Number.POSITIVE_INFINITY
  }
  const compare = (a: number, b: number) => {
    if (seconds[a] !== seconds[b]) return seconds[a]! < seconds[b]! ? -1 : 1
    return units[a]!.unit_number < units[b]!.unit_number ? -1 : 1
  }
  return {
    units,
    at,
    seconds,
    isPlaced: estimates !== undefined,
    nearestFirst: Uint32Array.from(units.keys()).sort(compare),
  }
}

type Table = ReturnType<typeof tabulate>

const levelOf = (type: UnitType) => (careLevels as readonly UnitType[]).indexOf(type)

/** The types that are looked at for the needs: all care levels, where one is asked for. */
export const typesFor = (needs: Needs): ReadonlySet<UnitType> =>
  new Set(needs.flatMap((need) => (levelOf(need) < 0 ? need : careLevels)))

/** The index of a unit for each need, or -1. The strictest chooses first: it has the least choice. */
function fillNeeds(needs: Needs, { units, at, seconds, isPlaced, nearestFirst }: Table): number[] {
  const chosen = needs.map(() => -1)
  const mayGo = (i: number) => seconds[i] === -1 || !findHurdle(units[i]!, seconds[i]!, at, isPlaced)
  for (const n of [...needs.keys()].sort((a, b) => levelOf(needs[b]!) - levelOf(needs[a]!))) {
    const serves = (i: number) => mayServe(units[i]!.unit_type, needs[n]!)
    chosen[n] = nearestFirst.find((i) => serves(i) && !chosen.includes(i) && mayGo(i)) ?? -1
  }
  return chosen
}

const called: Partial<Record<UnitType, string>> = {
  BASIC: 'ambulance',
  ADVANCED: 'ALS',
  CRITICAL: 'critical care',
  FIRE: 'fire crew',
}

function explainPick(pick: Omit<UnitPick, 'reason'>, isNext: boolean, age: number): string {
  const name = called[pick.need] ?? pick.need.toLowerCase()
  if (pick.source === null) return `${name} that may go; the place is not on the map, so none is nearest`
  const how = pick.source === 'crow' ? `nearest ${name}, estimated` : `fastest ${name} by road`
  return `${isNext ? 'next ' : ''}${how}${pick.position_old ? `, position ${inMinutes(age)} old` : ''}`
}

function explainMiss(unit: RankableUnit, seconds: number, needs: Needs, picks: readonly UnitPick[]): string {
  const type = unit.unit_type
  const served = needs.filter((need) => mayServe(type, need))
  const stronger = needs.find((need) => levelOf(need) >= 0)
  if (served.length === 0) return `${sentence(type.toLowerCase())} crew, needs ${stronger}`
  const timed = picks.flatMap((pick) => (pick.seconds === null ? [] : [{ ...pick, seconds: pick.seconds }]))
  const gaps = timed.filter(({ need }) => served.includes(need)).map((pick) => seconds - pick.seconds)
  if (gaps.length === 0) return 'Not needed'
  const gap = Math.min(...gaps)
  return gap < 0.5 ? 'As fast' : `${clock(gap)} slower`
}

/**
 * What to send: picks in the order of the needs, each the nearest by time that may go, at every priority;
 * units bound to this incident meet needs first. Near misses are the nearest others of the kinds asked for,
 * unknown drive times last. Without estimates, because the incident has no coordinates, units come in the
 * order of their numbers: somebody must be sent all the same. Estimates belong to the units place by place;
 * `now` is ISO 8601. The version holds, for each need, who is sent or picked, the source, the mark of an old
 * position, and the drive time in steps of `versionStep`: a plan on a screen must not expire by every report
 * of a position.
 */
export function rankUnits(
  { needs }: ResponsePlan,
  incident: { id: number },
  units: readonly RankableUnit[],
  estimates: Estimates | undefined,
  now: string,
) {
  const table = tabulate(units, incident.id, estimates, Date.parse(now))
  const { seconds, nearestFirst, at } = table
  const chosen = fillNeeds(needs, table)
  const picks: UnitPick[] = []
  const version: unknown[] = [incident.id]
  for (const [n, need] of needs.entries()) {
    const i = chosen[n]!
    const unit = units[i]
    version.push(need, unit?.id)
    if (!unit || seconds[i] === -1) continue
    const age = positionAge(unit, at)
    const drive = estimates ? estimates[i]! : unknownDrive
    const pick = { ...drive, unit_id: unit.id, need, position_old: age > limits.markedAge }
    const nearer = nearestFirst.subarray(0, nearestFirst.indexOf(i)).filter((one) => chosen.includes(one))
    const isNext = nearer.some((one) => seconds[one] !== -1 && mayServe(units[one]!.unit_type, need))
    picks.push({ ...pick, reason: explainPick(pick, isNext, age) })
    version.push(pick.source, pick.position_old, Math.round((pick.seconds ?? 0) / versionStep))
  }
  const kinds = typesFor(needs)
  const missed = (i: number) => seconds[i] !== -1 && kinds.has(units[i]!.unit_type) && !chosen.includes(i)
  const near_misses = Array.from(nearestFirst.filter(missed).subarray(0, limits.nearMisses), (i) => {
    const [unit, drive] = [units[i]!, seconds[i]!]
    const reason = findHurdle(unit, drive, at, table.isPlaced)?.() ?? explainMiss(unit, drive, needs, picks)
    const isKnown = table.isPlaced && drive !== Number.POSITIVE_INFINITY
    return { unit_id: unit.id, seconds: isKnown ? drive : null, reason }
  })
  const already_sent = chosen.flatMap((i) => (seconds[i] === -1 ? units[i]!.id : []))
  const unmet = needs.filter((_, n) => chosen[n] === -1)
  return { picks, near_misses, already_sent, unmet, version: version.join('.') }
}
