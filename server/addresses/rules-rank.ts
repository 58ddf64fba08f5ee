import type { FoundAddress } from '@toneout/contract/operations/addresses.ts'
import { distance, type Position } from '../lib/geo.ts'

/** What was found and how well it fits the words; `area` is where it is, in words. */
export type Candidate = Omit<FoundAddress, 'confidence' | 'source'> & { score: number; area: string }

/** Two candidates this near to each other are one place for those who go there. */
const samePlaceMetres = 150
/** Scores this near to each other say that either may be meant. */
const nearlyAsGood = 0.04
/** What fits worse is not shown: it is more likely to mislead than to be meant. */
const leastScore = 0.5
/** What is left of the confidence in the best when another one may be meant. */
const ambiguous = 0.6

/** Less for what is far from where it is looked for: a twentieth at 10 km. */
function nearness(place: Position, near: Position | undefined): number {
  return near === undefined ? 0 : -0.05 * Math.min(1, distance(place, near) / 10_000)
}

/** For the right area, against a wrong one; the words after the comma may also be of a larger one. */
function areaFit({ area }: Candidate, words: readonly string[]): number {
  if (words.length === 0 || area === '') return 0
  return area
    .toUpperCase()
    .split(/\W+/)
    .some((word) => words.includes(word))
    ? 0.05
    : -0.03
}

const round = (value: number, digits: number) => Number(value.toFixed(digits))

/** The best first, each place once, with how sure it is that the first was meant. */
export function rank(
  candidates: readonly Candidate[],
  { near, area, limit }: { near?: Position; area: readonly string[]; limit: number },
): FoundAddress[] {
  const fitting = candidates.filter((one) => one.score >= leastScore)
  const scored = fitting.map((one) => ({
    one,
    order: one.score + nearness(one, near) + areaFit(one, area),
  }))
  scored.sort((a, b) => b.order - a.order)
  const kept: typeof scored = []
  for (const next of scored) {
    const isKnown = kept.some(
      ({ one }) => one.label === next.one.label && distance(one, next.one) < samePlaceMetres,
    )
    if (!isKnown) kept.push(next)
    if (kept.length > limit) break
  }
  const [best, second] = kept
  const rivals =
    best !== undefined &&
    second !== undefined &&
    best.order - second.order < nearlyAsGood &&
    distance(best.one, second.one) > samePlaceMetres
  return kept.slice(0, limit).map(({ one: { score, area: _, ...rest } }) => ({
    ...rest,
    latitude: round(rest.latitude, 6),
    longitude: round(rest.longitude, 6),
    confidence: round(Math.max(0, Math.min(1, score * (rivals ? ambiguous : 1))), 2),
    source: rest.kind === 'position' ? ('coordinates' as const) : ('gazetteer' as const),
  }))
}
