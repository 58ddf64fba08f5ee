import type { FoundAddress } from '@toneout/contract/operations/addresses.ts'
import { ask } from '../access/ask.ts'

/** From this confidence on an address is taken as what was meant. */
const sure = 0.7

/** Addresses for what was typed, best first. */
export async function findPlaces(search: string, signal?: AbortSignal): Promise<readonly FoundAddress[]> {
  return (await ask('findAddresses', { query: { search: search.slice(0, 200) } }, signal)).results
}

/** How far off a place is, in words. */
export const accuracyWords = ({ accuracy_m }: Pick<FoundAddress, 'accuracy_m'>) => `±${accuracy_m} m`

type Placed = {
  body: { location: string; latitude?: number; longitude?: number }
  words: string
}

/** What an incident is told of its place: the words as typed, and the position where it is known well. */
export function placed(typed: string, [best]: readonly FoundAddress[]): Placed {
  if (!best || best.confidence < sure) {
    return { body: { location: typed }, words: `${typed}; no position was found, so set the pin` }
  }
  const { latitude, longitude, label } = best
  return { body: { location: typed, latitude, longitude }, words: `${label} ${accuracyWords(best)}` }
}
