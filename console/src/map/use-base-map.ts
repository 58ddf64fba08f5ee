import { useQuery } from '@tanstack/react-query'
import type { StyleSpecification } from 'maplibre-gl'
import { ask } from '../access/ask.ts'

/** A style that does not come is waited for no longer: the centre is drawn without it. */
const patienceMs = 5_000

async function loadStyle(url: string): Promise<StyleSpecification | null> {
  try {
    const reply = await fetch(url, { signal: AbortSignal.timeout(patienceMs) })
    return reply.ok ? ((await reply.json()) as StyleSpecification) : null
  } catch {
    return null
  }
}

/** What the map is drawn on, with the style from elsewhere where one is configured. */
export function useBaseMap() {
  return useQuery({
    queryKey: ['base-map'],
    queryFn: async ({ signal }) => {
      const base = await ask('readBaseMap', {}, signal)
      const { source } = base
      if (source?.kind !== 'style') return { base, outside: null }
      const outside = await loadStyle(source.url)
      const note = outside === null ? 'The style of MAP_TILES could not be loaded.' : base.note
      return { base: { ...base, note }, outside }
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}
