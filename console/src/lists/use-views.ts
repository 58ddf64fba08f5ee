import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask } from '../access/ask.ts'

const key = ['calls', 'views']

/** Views of the list of calls that were saved. */
export function useViews() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask('listViews', {}, signal),
    staleTime: 60_000,
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
