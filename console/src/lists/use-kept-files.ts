import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ExportFormat } from '@toneout/contract/model/export.ts'
import { ask } from '../access/ask.ts'
import type { Wanted } from './take-file.ts'

const key = ['exports', 'kept']

/** The own kept exports; read again while one of them is being made. */
export function useKeptFiles() {
  return useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await ask('listKeptExports', {}, signal)).results,
    refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'RUNNING') ? 2_000 : false),
    staleTime: 0,
  })
}

export function useKeep() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ what, query, format }: Wanted & { format: ExportFormat }) =>
      ask('keepExport', { body: { what, query: new URLSearchParams({ ...query, format }).toString() } }),
    // An answer that did not come may still have begun one.
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  })
}

export function useRemoveKept() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => ask('removeKeptExport', { params: { id: String(id) } }),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  })
}
