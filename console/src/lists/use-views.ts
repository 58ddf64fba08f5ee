import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask } from '../access/ask.ts'
import { amount } from '../ui/format.ts'
import { queryOf } from './list-query.ts'

const key = ['calls', 'views']

/** Views of the list of calls that were saved. */
export function useViews() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask('listViews', {}, signal),
    staleTime: 60_000,
  })
}

/** Views whose calls are counted at most; the newest shared ones of many are without. */
const mostCounted = 12

/**
 * How many calls each view finds, by its query; counted anew each minute. A view that looks for words is not
 * counted: each search for a number goes on record.
 */
export function useViewCounts(views: readonly string[], now: number) {
  const counted = views
    .slice(0, mostCounted)
    .map((view) => ({ view, query: queryOf(new URLSearchParams(view), now) }))
    .filter(({ query }) => query.search === undefined)
  return useQueries({
    queries: counted.map(({ view, query: { ordering: _, ...filters } }) => ({
      queryKey: [...key, 'count', view],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        ask('listCalls', { query: { ...filters, page_size: 1 } }, signal),
      refetchInterval: 60_000,
      staleTime: 30_000,
    })),
    combine: (all) =>
      new Map(
        all.flatMap(({ data }, at) =>
          data ? [[counted[at]?.view, amount(data.count, data.count_exact)]] : [],
        ),
      ),
  })
}

export function useSaveView() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: { name: string; query: string; shared: boolean }) => ask('saveView', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  })
}

export function useRemoveView() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => ask('removeView', { params: { id: String(id) } }),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  })
}
