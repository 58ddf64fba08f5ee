import type { Fact } from '@toneout/contract/model/fact.ts'
import { moveOf, noted } from './told.ts'

/** At which incident each assignment was, as the facts tell it. */
export type Whereabouts = {
  /** When the fact was written; undefined before it was made. */
  at: (assignment: number, fact: number) => number | undefined
  /** All of them in order; empty when no fact tells that it was made. */
  path: (assignment: number) => readonly number[]
}

type Stay = { since: number; incident: number }

/** A unit is sent to one incident; a merge moves what is live to the other, a split takes it back. */
export function followAssignments(facts: readonly Fact[]): Whereabouts {
  const stays = new Map<number, Stay[]>()
  const stay = (assignment: number, since: number, incident: number) =>
    stays.set(assignment, [...(stays.get(assignment) ?? []), { since, incident }])
  for (const fact of facts.toSorted((a, b) => a.id - b.id)) {
    const { id, type, incident_id } = fact
    const made = type === 'unit_assigned' ? noted(fact) : undefined
    if (made !== undefined && incident_id !== null) stay(made, id, incident_id)
    const move = moveOf(fact)
    // Both incidents have the same fact.
    if (!move || incident_id !== move.from) continue
    for (const one of move.assignments) stay(one, id, move.kind === 'merge' ? move.into : move.from)
  }
  return {
    at: (assignment, fact) => stays.get(assignment)?.findLast(({ since }) => since <= fact)?.incident,
    path: (assignment) => (stays.get(assignment) ?? []).map(({ incident }) => incident),
  }
}

/** The assignments as they were made: at the incident the unit was first sent to. */
export function asMade<T extends { id: number; incident_id: number }>(
  rows: readonly T[],
  facts: readonly Fact[],
) {
  const { path } = followAssignments(facts)
  return rows.map((one) => ({ ...one, incident_id: path(one.id)[0] ?? one.incident_id }))
}
