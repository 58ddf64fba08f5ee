import { careLevels, type UnitType } from '@toneout/contract/model/unit.ts'
import { useDesk } from '../calls/use-desk.ts'
import { useCentre, useLive } from '../live/use-live.ts'
import { usePlaces } from '../map/use-places.ts'
import { emptied } from './coverage.ts'

/** More names than one reads before a press. */
const mostNames = 2

/** What the centre would lose, in a sentence, once these units are sent; null for nothing. */
export function useCover(going: readonly { id: number }[], priority: number): string | null {
  const { units } = useCentre()
  const live = useLive()
  const { stations } = usePlaces()
  const metres = useDesk()?.cover_metres ?? null
  // Whoever is in danger of life gets the nearest, whatever is left; so nothing is asked then.
  if (metres === null || priority === 1 || going.length === 0) return null
  const free = [...units.values()].flatMap(({ row }) => {
    const mayCover = row.status === 'AVAILABLE' && (careLevels as readonly UnitType[]).includes(row.unit_type)
    const place = mayCover && row.retired_at === null ? live.whereabouts.where(row.id) : undefined
    return place ? [{ id: row.id, place }] : []
  })
  const left = emptied(stations, free, new Set(going.map(({ id }) => id)), metres).map(({ name }) => name)
  if (left.length === 0) return null
  const km = Math.round(metres / 100) / 10
  return `No ambulance stays free within ${km} km of ${listed(left)}.`
}

function listed(names: readonly string[]): string {
  if (names.length <= mostNames) return names.join(' and ')
  return `${names.slice(0, mostNames).join(', ')} and ${names.length - mostNames} more`
}
