import { isLive } from '@toneout/contract/model/assignment.ts'
import type { Fact } from '@toneout/contract/model/fact.ts'
import { acknowledged } from './attempts.ts'
import type { Attempt, FinalState, Kept, Violation } from './entry.ts'
import { noted, statusOfFact } from './told.ts'

const say = (what: string): Violation => ({ check: 'retired', what })

type Bound = { id: number; unit: number | null; hospital: number | null }
type Replay = { live: Map<number, Bound>; retired: Map<string, string>; found: string[] }

const named = (what: Kept, id: unknown) => `${what} ${id}`

/** A unit that is sent and a hospital that is named must be in use. */
function bind({ live, retired, found }: Replay, fact: Fact, id: number): void {
  const before = live.get(id)
  const hospital =
    typeof fact.data.hospital_id === 'number' ? fact.data.hospital_id : (before?.hospital ?? null)
  const isNew = before?.hospital !== hospital
  if (!before && retired.has(named('unit', fact.unit_id)))
    found.push(`unit ${fact.unit_id} was sent (fact ${fact.id})`)
  if (isNew && retired.has(named('hospital', hospital))) {
    found.push(`hospital ${hospital} was named (fact ${fact.id})`)
  }
  live.set(id, { id, unit: fact.unit_id, hospital })
}

/** What is taken out of use must be free at that moment. */
function takeOut({ live, retired, found }: Replay, what: Kept, id: unknown, fact: Fact): void {
  const { action } = fact.data
  if (action === 'restored') retired.delete(named(what, id))
  if (action !== 'retired') return
  retired.set(named(what, id), fact.at)
  for (const one of live.values()) {
    if (one[what] === id) found.push(`${what} ${id} was retired (fact ${fact.id}) while ${one.id} was live`)
  }
}

function replay(facts: readonly Fact[]): Replay {
  const all: Replay = { live: new Map(), retired: new Map(), found: [] }
  for (const fact of facts.toSorted((a, b) => a.id - b.id)) {
    const [one, status] = [noted(fact), statusOfFact[fact.type]]
    if (fact.type === 'unit_changed') takeOut(all, 'unit', fact.unit_id, fact)
    else if (fact.type === 'hospital_changed') takeOut(all, 'hospital', fact.data.hospital_id, fact)
    else if (one !== undefined && status !== undefined) {
      if (isLive(status)) bind(all, fact, one)
      else all.live.delete(one)
    }
  }
  return all
}

/** By the rows alone: nothing live is bound to what is out of use, and the facts say what is. */
function checkRows({ assignments, units, hospitals }: FinalState, { retired }: Replay): string[] {
  const live = assignments.filter(({ status }) => isLive(status))
  const kept = [
    ...units.map((one) => ({ ...one, what: 'unit' as const, by: 'unit_id' as const })),
    ...hospitals.map((one) => ({ ...one, what: 'hospital' as const, by: 'hospital_id' as const })),
  ]
  return kept.flatMap(({ what, by, id, retired_at }) => {
    const told = retired.get(named(what, id)) ?? null
    const found = told === retired_at ? [] : [`${what} ${id} is retired ${retired_at}, its facts say ${told}`]
    const bound = retired_at === null ? [] : live.filter((one) => one[by] === id)
    return [...found, ...bound.map((one) => `${what} ${id} is retired and assignment ${one.id} is live`)]
  })
}

/** Who was told that it is out of use, or in use again, was told what the facts tell. */
function checkAnswers(attempts: readonly Attempt[], facts: readonly Fact[]): Violation[] {
  const told = new Set(
    facts.flatMap(({ type, at, unit_id, data }) => {
      if (data.action !== 'retired') return []
      if (type === 'unit_changed') return `${named('unit', unit_id)} ${at}`
      return type === 'hospital_changed' ? `${named('hospital', data.hospital_id)} ${at}` : []
    }),
  )
  return [
    ...acknowledged(attempts, 'retire').flatMap(({ n, action: { what, id }, reply }): Violation[] => {
      if (told.has(`${named(what, id)} ${reply.retired_at}`)) return []
      return [{ check: 'P7', what: `request ${n} was acknowledged and has no fact` }]
    }),
    ...acknowledged(attempts, 'restore').flatMap(({ n, reply }): Violation[] =>
      reply.retired_at === null
        ? []
        : [{ check: 'P1', what: `request ${n} was answered with something else` }],
    ),
  ]
}

/** What is bound is never taken out of use, and what is out of use is not bound. */
export function checkRetired(attempts: readonly Attempt[], state: FinalState): Violation[] {
  const all = replay(state.facts)
  return [...all.found.map(say), ...checkRows(state, all).map(say), ...checkAnswers(attempts, state.facts)]
}
