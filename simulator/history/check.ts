import { checkEvents } from './check-events.ts'
import { checkFacts } from './check-facts.ts'
import { checkLife } from './check-life.ts'
import { checkMoves } from './check-moves.ts'
import { checkOrigins } from './check-origins.ts'
import { checkDuties, checkOverlaps } from './check-overlaps.ts'
import { checkRetired } from './check-retired.ts'
import { checkSomething, checkWrites } from './check-writes.ts'
import type { Attempt, CheckName, FinalState, Violation } from './entry.ts'

/**
 * Judges what clients were told against what is there in the end. Pure:
 * the same history and state give the same violations, each naming its check; none is the only good verdict.
 */
export function checkHistory(attempts: readonly Attempt[], state: FinalState): Violation[] {
  return [
    ...checkSomething(attempts),
    ...checkWrites(attempts, state),
    ...checkOrigins(attempts, state),
    ...checkOverlaps(state.assignments),
    ...checkDuties(attempts),
    ...checkFacts(attempts, state),
    ...checkEvents(attempts, state),
    ...checkLife(state),
    ...checkMoves(state),
    ...checkRetired(attempts, state),
  ]
}

/** How often each check was violated, for one line. */
export function countViolations(violations: readonly Violation[]): Partial<Record<CheckName, number>> {
  const counts: Partial<Record<CheckName, number>> = {}
  for (const { check } of violations) counts[check] = (counts[check] ?? 0) + 1
  return counts
}
