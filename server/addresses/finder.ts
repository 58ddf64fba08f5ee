import type { FoundAddress, FoundAddresses } from '@toneout/contract/operations/addresses.ts'
import type { Context } from '../context.ts'
import type { Position } from '../lib/geo.ts'
import { createGazetteer } from './gazetteer.ts'
import type { Geocoder, SearchOptions } from './geocoder.ts'
import { createOutside, type Outside } from './outside.ts'
import { readQuery } from './rules-query.ts'

/** Where places are looked up: the outside service where one is set, and the gazetteer for what it lacks. */
export type Finder = {
  search: (text: string, options: SearchOptions) => Promise<FoundAddresses>
  reverse: (place: Position) => Promise<FoundAddresses>
  /** Whether there is a source of addresses at all. */
  isReady: () => Promise<boolean>
  /** Reads the gazetteer's names anew. */
  refresh: () => Promise<void>
}

const names = { photon: 'Photon', nominatim: 'Nominatim', pelias: 'Pelias' } as const
/** After a failure nobody waits for the service again for so long. */
const restMs = 10_000

export function createFinder(ctx: Pick<Context, 'db' | 'now' | 'log'>, outside?: Outside): Finder {
  const gazetteer = createGazetteer(ctx)
  const now = () => ctx.now().getTime()
  const service = outside && createOutside(outside, now)
  const name = outside ? names[outside.kind] : ''
  let restsUntil = Number.NEGATIVE_INFINITY

  const either = async (work: (by: Geocoder) => Promise<FoundAddress[]>): Promise<FoundAddresses> => {
    let fallback: string | null = null
    if (service && now() >= restsUntil) {
      try {
        const results = await work(service)
        if (results.length > 0) return { results, fallback }
        fallback = `${name} found nothing; this is from the gazetteer.`
      } catch (error) {
        restsUntil = now() + restMs
        ctx.log.warn({ geocoder: outside?.kind, problem: (error as Error).name }, 'the geocoder failed')
      }
    }
    if (service && fallback === null) fallback = `${name} does not answer; this is from the gazetteer.`
    return { results: await work(gazetteer), fallback }
  }
  return {
    refresh: gazetteer.refresh,
    isReady: async () => service !== undefined || !(await gazetteer.isEmpty()),
    search: async (text, options) => {
      const [first] = readQuery(text).readings
      // A position is read here, and needs nobody.
      if (first?.kind === 'position') {
        return { results: await gazetteer.search(text, options), fallback: null }
      }
      return either((by) => by.search(text, options))
    },
    reverse: (place) =>
      either(async (by) => {
        const found = await by.reverse(place)
        return found ? [found] : []
      }),
  }
}
