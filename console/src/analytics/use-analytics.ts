import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Request } from '@toneout/contract/client.ts'
import { ask } from '../access/ask.ts'
import { useQueryWords } from '../frame/address.ts'
import { type Days, instantsOf, readDays } from './period.ts'

type Panel =
  | 'readAnalyticsSummary'
  | 'readAnalyticsVolumes'
  | 'readAnalyticsIntervals'
  | 'readAnalyticsUnits'
  | 'readAnalyticsHospitals'
  | 'readAnalyticsQueue'
  | 'readAnalyticsAi'

export const filterNames = ['priority', 'emergency_type', 'station_id', 'shift', 'area'] as const
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

export function useDays(): Days {
  const words = useQueryWords()
  return readDays(words.get('first'), words.get('last'), Date.now())
}

/** One panel of the page, by the period and the filters of the address. */
export function usePanel<Id extends Panel>(id: Id, more: Record<string, string> = {}) {
  const words = useQueryWords()
  const filters = Object.fromEntries(filterNames.map((name) => [name, words.get(name) ?? '']))
  const query = { ...instantsOf(useDays()), zone, ...filters, ...more }
  return useQuery({
    queryKey: [id, query],
    queryFn: ({ signal }) => ask(id, { query } as unknown as Request<Id>, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
}
