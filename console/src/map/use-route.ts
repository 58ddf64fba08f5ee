import { useQuery } from '@tanstack/react-query'
import { ask, Refused } from '../access/ask.ts'
import { useStatus } from '../live/use-live.ts'

/** Units move, so the way is asked for again now and then. */
const everyMs = 15_000

/** The way of a unit to an incident; null while there is none to show. */
export function useRoute(incident: number | null, unit: number | null): GeoJSON.LineString | null {
  const epoch = useStatus('epoch')
  const wanted = incident !== null && unit !== null
  const { data } = useQuery({
    queryKey: ['route', incident, unit, epoch],
    queryFn: async ({ signal }) => {
      try {
        const query = { unit_id: unit as number }
        const way = await ask('readRoute', { params: { id: incident as number }, query }, signal)
        return way.geometry as GeoJSON.LineString
      } catch (error) {
        // A unit or an incident without a position has no way; that is no fault.
        if (error instanceof Refused && error.status < 500) return null
        throw error
      }
    },
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: everyMs,
    structuralSharing: true,
  })
  return wanted ? (data ?? null) : null
}
