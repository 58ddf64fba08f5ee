import type { Fact } from '@toneout/contract/model/fact.ts'
import { moveOf, statusOfFact } from './told.ts'

type End = { to: 'CLOSED' | 'CANCELLED'; at: string; disposition: unknown }
export type Life = {
  /** How it stands ended; undefined while it is open. */
  ended: End | undefined
  mergedInto: number | null
  /** Each end it has had; a merge is one. */
  ends: End[]
  /** What may not be. */
  found: string[]
}

/** What a merge or a split does to one of its two incidents; gives why it may not be. */
function applyMove(life: Life, id: number, fact: Fact): string | undefined {
  const move = moveOf(fact)
  if (!move) return undefined
  const { kind, from, into } = move
  if (kind === 'merge') {
    if (life.ended) return 'is merged after its end'
    if (id !== from) return undefined
    life.ended = { to: 'CANCELLED', at: fact.at, disposition: 'DUPLICATE' }
    life.ends.push(life.ended)
    life.mergedInto = into
  } else if (id === from) {
    if (life.mergedInto !== into) return `is split from ${into} and was not merged into it`
    life.ended = undefined
    life.mergedInto = null
  }
  return undefined
}

/** What any other fact does to its incident. After an end only a reopening opens it again. */
function applyFact(life: Life, { type, id, at, data }: Fact): string | undefined {
  if (type === 'incident_closed' || type === 'incident_cancelled') {
    const wasEnded = life.ended !== undefined
    life.ended = {
      to: type === 'incident_closed' ? 'CLOSED' : 'CANCELLED',
      at,
      disposition: data.disposition,
    }
    life.ends.push(life.ended)
    return wasEnded ? `ends again (fact ${id}) after its end` : undefined
  }
  if (type === 'incident_reopened') {
    const mayOpen = life.ended !== undefined && life.mergedInto === null
    life.ended = undefined
    return mayOpen ? undefined : `is reopened (fact ${id}) and was open or merged`
  }
  return life.ended && statusOfFact[type] !== undefined ? `${type} (fact ${id}) after its end` : undefined
}

/** The life of an incident by its facts alone. */
export function lifeOf(id: number, facts: readonly Fact[]): Life {
  const life: Life = { ended: undefined, mergedInto: null, ends: [], found: [] }
  for (const fact of facts.toSorted((a, b) => a.id - b.id)) {
    const what = applyMove(life, id, fact) ?? applyFact(life, fact)
    if (what) life.found.push(what)
  }
  return life
}
