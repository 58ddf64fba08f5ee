import { isLive } from '@toneout/contract/model/assignment.ts'
import type { Fact } from '@toneout/contract/model/fact.ts'
import type { FinalState, Violation } from './entry.ts'
import { moveOf, noted, statusOfFact } from './told.ts'
import { followAssignments, type Whereabouts } from './whereabouts.ts'

/** The fact by which each assignment ended. */
function endsOf(facts: readonly Fact[]): Map<number, number> {
  const ends = new Map<number, number>()
  for (const fact of facts) {
    const [one, status] = [noted(fact), statusOfFact[fact.type]]
    if (one !== undefined && status !== undefined && !isLive(status)) ends.set(one, fact.id)
  }
  return ends
}

/** A merge takes what is live at the one incident, a split what is still at the other. */
function checkMove(fact: Fact, ends: ReadonlyMap<number, number>, { at }: Whereabouts): string[] {
  const move = moveOf(fact)
  if (!move || fact.incident_id !== move.from) return []
  const { kind, from, into, assignments } = move
  return assignments.flatMap((one) => {
    const place = at(one, fact.id - 1)
    const wanted = kind === 'merge' ? from : into
    if (place !== wanted)
      return [`assignment ${one} is moved by a ${kind} from ${wanted} and was at ${place}`]
    const isOver = kind === 'merge' && (ends.get(one) ?? fact.id) < fact.id
    return isOver ? [`assignment ${one} is moved by a merge and had ended`] : []
  })
}

/** Merges and splits: each assignment is where the facts say, and was where it was taken from. */
export function checkMoves({ assignments, facts }: FinalState): Violation[] {
  const where = followAssignments(facts)
  const ends = endsOf(facts)
  const strays = assignments.flatMap(({ id, incident_id }) => {
    const place = where.path(id).at(-1)
    if (place === undefined || place === incident_id) return []
    return [`assignment ${id} is at incident ${incident_id}, its facts say ${place}`]
  })
  const all = [...strays, ...facts.flatMap((fact) => checkMove(fact, ends, where))]
  return all.map((what) => ({ check: 'moves', what }))
}
