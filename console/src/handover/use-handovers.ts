import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { HandoverCreation } from '@toneout/contract/model/handover.ts'
import { ask } from '../access/ask.ts'
import { nextCursor } from '../live/listing.ts'
import { markSeen } from './desk.ts'

const everyMs = 60_000

/** Notes, newest first. */
export function useHandovers(search: string) {
  return useInfiniteQuery({
    queryKey: ['handovers', 'list', search],
    queryFn: ({ signal, pageParam }) =>
      ask('listHandovers', { query: { search, cursor: pageParam ?? undefined } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => nextCursor(page.next),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  })
}

/** The newest note; null when there is none. */
export function useLastHandover() {
  return useQuery({
    queryKey: ['handovers', 'last'],
    queryFn: async ({ signal }) =>
      (await ask('listHandovers', { query: { page_size: 1 } }, signal)).results[0] ?? null,
    refetchInterval: everyMs,
  })
}

export function useWriteHandover() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: HandoverCreation) => ask('writeHandover', { body }),
    onSuccess: (note) => {
      markSeen(note.id)
      return queries.invalidateQueries({ queryKey: ['handovers'] })
    },
  })
}
