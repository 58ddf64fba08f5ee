import type { Fact } from '@toneout/contract/model/fact.ts'
import { ofKind } from './attempts.ts'
import type { Attempt, FinalState, Kind, Violation } from './entry.ts'
import { moveOf } from './told.ts'

/** What happens to an incident, a unit or a hospital as a whole, named alike for who asks and who tells. */
const names: { [K in Kind]?: (action: Attempt<K>['action']) => string } = {
  end: ({ to, incident_id }) => `incident_${to.toLowerCase()} ${incident_id}`,
  reopen: ({ incident_id }) => `incident_reopened ${incident_id}`,
  merge: ({ incident_id, into_id }) => `merge ${incident_id} into ${into_id}`,
  split: ({ incident_id }) => `split ${incident_id}`,
  retire: ({ what, id }) => `${what}_retired ${id}`,
  restore: ({ what, id }) => `${what}_restored ${id}`,
}

/** The name of what a fact tells, as its first incident tells it; undefined for all other facts. */
function nameOf(fact: Fact): string | undefined {
  const { type, incident_id, unit_id, data } = fact
  const move = moveOf(fact)
  if (move) {
    if (incident_id !== move.from) return undefined
    return move.kind === 'merge' ? `merge ${move.from} into ${move.into}` : `split ${move.from}`
  }
  if (data.action === 'retired' || data.action === 'restored') {
    if (type === 'unit_changed') return `unit_${data.action} ${unit_id}`
    if (type === 'hospital_changed') return `hospital_${data.action} ${data.hospital_id}`
  }
  return /^incident_(closed|cancelled|reopened)$/.test(type) ? `${type} ${incident_id}` : undefined
}

const countBy = (all: readonly string[]) => {
  const counts = new Map<string, number>()
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1)
  return counts
}

function namesOf<K extends Kind>(attempts: readonly Attempt[], kind: K, outcomes: string[]): string[] {
  const nameIt = names[kind] as ((action: Attempt<K>['action']) => string) | undefined
  if (!nameIt) return []
  return ofKind(attempts, kind).flatMap((one) => (outcomes.includes(one.outcome) ? nameIt(one.action) : []))
}

/**
 * P2: nothing happened as a whole that nobody asked for, so an incident that ended opens by its command and
 * by no other way. P7: what may not be repeated was told as often as it was acknowledged, by both sides.
 */
export function checkEvents(attempts: readonly Attempt[], { facts }: FinalState): Violation[] {
  const told = countBy(facts.flatMap((fact) => nameOf(fact) ?? []))
  const kinds = Object.keys(names) as Kind[]
  const asked = countBy(kinds.flatMap((kind) => namesOf(attempts, kind, ['ok', 'unknown'])))
  const unasked = [...told].filter(([name, count]) => count > (asked.get(name) ?? 0))
  const once = (['reopen', 'merge', 'split'] as const).flatMap((kind) => namesOf(attempts, kind, ['ok']))
  const untold = [...countBy(once)].filter(([name, count]) => count > (told.get(name) ?? 0))
  const moves = facts.flatMap((fact) => {
    const move = moveOf(fact)
    return move ? `${move.kind} of ${move.from} and ${move.into}` : []
  })
  const halves = [...countBy(moves)].filter(([, count]) => count % 2 !== 0)
  return [
    ...unasked.map(
      ([name, count]): Violation => ({ check: 'P2', what: `nobody asked for ${name}, told ${count}` }),
    ),
    ...untold.map(([name]): Violation => ({ check: 'P7', what: `${name} was acknowledged and has no fact` })),
    ...halves.map(([name]): Violation => ({ check: 'P7', what: `one side of the ${name} has no fact` })),
  ]
}
