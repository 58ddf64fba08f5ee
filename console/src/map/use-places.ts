import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ask } from '../access/ask.ts'
import { useStatus } from '../live/use-live.ts'

/** Places hardly ever move; diversions are told in facts, which come with the next reading. */
const everyMs = 30_000

/** Hospitals and stations in use, as the map draws them. */
export function usePlaces() {
  const [ready, epoch] = [useStatus('ready'), useStatus('epoch')]
  const { data } = useQuery({
    queryKey: ['map-places', epoch],
    queryFn: async ({ signal }) => {
      const query = { page_size: 500 }
      const [hospitals, stations] = await Promise.all([
        ask('listHospitals', { query }, signal),
        ask('listStations', { query }, signal),
      ])
      return { hospitals: hospitals.results, stations: stations.results }
    },
    enabled: ready,
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  })
  return data ?? none
}

const none = { hospitals: [], stations: [] }
