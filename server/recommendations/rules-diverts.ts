import { type AssignmentStatus, assignmentTransitions } from '@toneout/contract/model/assignment.ts'
import type { UnitType } from '@toneout/contract/model/unit.ts'
import { mayServe } from '../dispatch/rules.ts'
import type { Estimates } from '../lib/geo.ts'
import { clock, findHurdle, type RankableUnit, type UnitPick } from './rules.ts'

/** Our own choices: a patient who waits is left by a crew only for a graver one and a gain worth it. */
export const divertLimits = { gravest: 2, savedSeconds: 60, shown: 3 }

/** Where a unit is bound, as far as it matters for taking it away. */
export type Binding = {
  incident_id: number
  incident_number: string
  assignment_id: number
  status: AssignmentStatus
  priority: number
}
export type DivertableUnit = Omit<RankableUnit, 'live'> & { live: Binding | null }
export type Divert = {
  unit_id: number
  assignment_id: number
  from_incident_id: number
  from_incident_number: string
  from_priority: number
  seconds: number
  reason: string
}

type Asked = { id: number; priority: number }
/** The plan without those that might be diverted. */
type Ranked = { picks: readonly UnitPick[]; unmet: readonly UnitType[] }

const mayLeave = ({ status, priority }: Binding, asked: Asked) =>
  priority > asked.priority && assignmentTransitions[status].includes('DIVERTED')

/** Which need is gained most by the unit, and how many seconds; Infinity for one that nobody free meets. */
function gainOf(type: UnitType, seconds: number, { picks, unmet }: Ranked) {
  const need = unmet.find((one) => mayServe(type, one))
  if (need) return { need, saved: Number.POSITIVE_INFINITY }
  const gains = picks
    .filter((pick) => mayServe(type, pick.need))
    .map((pick) => ({ need: pick.need, saved: (pick.seconds ?? Number.POSITIVE_INFINITY) - seconds }))
  return gains.reduce((best, one) => (one.saved > best.saved ? one : best), { need: type, saved: 0 })
}

const where: Partial<Record<AssignmentStatus, string>> = {
  ON_SCENE: 'on the scene of',
  AT_PATIENT: 'at the patient of',
}

function explain({ status, incident_number, priority }: Binding, gain: ReturnType<typeof gainOf>): string {
  const now = `${where[status] ?? 'on the way to'} ${incident_number}, priority ${priority}`
  const what = Number.isFinite(gain.saved) ? `${clock(gain.saved)} sooner` : `No free unit for ${gain.need}`
  return `${what}; ${now}`
}

/**
 * Units that are bound to a less grave incident, have no patient on board, and would be there a minute
 * before the pick for a need they serve or meet one that nobody free can: at most three, those for unmet
 * needs first, then the nearest, among equals from the least grave. Only for priorities 1 and 2. Estimates
 * belong to the units place by place; `now` is ISO 8601.
 */
export function suggestDiverts(
  asked: Asked,
  ranked: Ranked,
  units: readonly DivertableUnit[],
  estimates: Estimates,
  now: string,
): Divert[] {
  if (asked.priority > divertLimits.gravest) return []
  const at = Date.parse(now)
  const found = units.flatMap((unit, i) => {
    const { live } = unit
    if (!live || live.incident_id === asked.id || !mayLeave(live, asked)) return []
    const seconds = estimates[i]?.seconds ?? Number.POSITIVE_INFINITY
    const gain = gainOf(unit.unit_type, seconds, ranked)
    if (gain.saved < divertLimits.savedSeconds) return []
    if (findHurdle({ ...unit, live: null }, seconds, at)) return []
    return [{ unit, live, seconds, gain }]
  })
  found.sort(
    (a, b) =>
      Number(Number.isFinite(a.gain.saved)) - Number(Number.isFinite(b.gain.saved)) ||
      a.seconds - b.seconds ||
      b.live.priority - a.live.priority ||
      (a.unit.unit_number < b.unit.unit_number ? -1 : 1),
  )
  return found.slice(0, divertLimits.shown).map(({ unit, live, seconds, gain }) => ({
    unit_id: unit.id,
    assignment_id: live.assignment_id,
    from_incident_id: live.incident_id,
    from_incident_number: live.incident_number,
    from_priority: live.priority,
    seconds,
    reason: explain(live, gain),
  }))
}
