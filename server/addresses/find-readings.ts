import { findCrossing } from './find-crossings.ts'
import { type Lookups, type Of, streetsLookedInto, withArea } from './lookups.ts'
import type { NameIndex } from './name-index.ts'
import { placeHouse } from './rules-houses.ts'
import { placeBlock, placeNumber } from './rules-lines.ts'
import type { Reading } from './rules-query.ts'
import type { Candidate } from './rules-rank.ts'

async function findNumbered(
  index: NameIndex,
  ask: Lookups,
  { kind, number, street, weight }: Of<'address' | 'block'>,
): Promise<Candidate[]> {
  const matches = index.search(street, { only: 'streets', isOpen: true, limit: streetsLookedInto })
  if (matches.length === 0) return []
  const wanted = kind === 'block' ? number + 50 : number
  const ids = matches.map(({ entry }) => entry.id)
  const [segments, numbered] = await Promise.all([
    ask.segmentsNear(ids, wanted),
    kind === 'block' || !index.hasHouses ? [] : ask.housesNear(ids, number),
  ])
  const pieces = Map.groupBy(segments, (one) => one.street_id)
  const houses = Map.groupBy(numbered, (one) => one.street_id)
  return matches.flatMap(({ entry, score }): Candidate[] => {
    const lines = pieces.get(entry.id) ?? []
    const block = kind === 'block' ? placeBlock(number, lines) : undefined
    const placed = block ?? placeNumber(wanted, lines)
    const known = placeHouse(number, houses.get(entry.id) ?? [])
    // A house whose own place is known comes first; a guess between two of them, after a range that has it.
    if (known[0] && known[0].certainty >= (placed?.certainty ?? 0)) {
      return known.map(({ certainty, label, area: own, ...place }) => {
        const area = own || entry.area
        const shown = withArea(`${label} ${entry.name}`, area)
        return { ...place, kind, label: shown, area, score: score * certainty * weight }
      })
    }
    if (!placed) return []
    const { certainty, ...place } = placed
    const what = kind === 'block' ? `${number} block of ${entry.name}` : `${number} ${entry.name}`
    return [
      {
        ...place,
        kind,
        label: withArea(what, entry.area),
        area: entry.area,
        score: score * certainty * weight,
      },
    ]
  })
}

/** How far from a place's point its door may be. */
const placeMetres = 50

async function findNamed(
  index: NameIndex,
  ask: Lookups,
  { name, weight }: Of<'name'>,
  limit: number,
): Promise<Candidate[]> {
  const matches = index.search(name, { isOpen: true, limit })
  const streets = matches.flatMap(({ entry }) => (entry.kind === undefined ? [entry.id] : []))
  const extents = new Map(
    (streets.length > 0 ? await ask.extents(streets) : []).map((one) => [one.street_id, one.metres]),
  )
  return matches.map(({ entry, score }) => {
    const isStreet = entry.kind === undefined
    const { latitude, longitude, area } = entry
    return {
      ...{ latitude, longitude, area },
      kind: isStreet ? ('street' as const) : ('place' as const),
      label: withArea(entry.name, area),
      accuracy_m: isStreet ? Math.max(20, Math.round((extents.get(entry.id) ?? 0) / 2)) : placeMetres,
      note: isStreet ? 'Somewhere on this street: no number was given.' : null,
      score: score * weight,
    }
  })
}

/** What one reading of the words finds. */
export async function findReading(
  index: NameIndex,
  ask: Lookups,
  reading: Reading,
  limit: number,
): Promise<Candidate[]> {
  if (reading.kind === 'crossing') return findCrossing(index, ask, reading)
  if (reading.kind === 'name') return findNamed(index, ask, reading, limit)
  if (reading.kind !== 'position') return findNumbered(index, ask, reading)
  const { latitude, longitude } = reading
  const label = `${latitude}, ${longitude}`
  return [{ latitude, longitude, label, kind: 'position', accuracy_m: 10, note: null, score: 1, area: '' }]
}
