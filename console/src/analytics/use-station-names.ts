import { useQuery } from '@tanstack/react-query'
import { ask } from '../access/ask.ts'

/** Names of stations by their ids; none while they are on their way. */
export function useStationNames(): ReadonlyMap<number, string> {
  const read = useQuery({
    queryKey: ['analytics-stations'],
    queryFn: ({ signal }) => ask('listStations', { query: { page_size: '200' } }, signal),
    staleTime: 300_000,
  })
  return new Map(read.data?.results.map(({ id, name }) => [id, name]))
}
