import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { KeyCreation } from '@toneout/contract/model/key.ts'
import { ask } from '../access/ask.ts'
import { nextCursor } from '../live/listing.ts'

export type KeyFilter = { all: boolean; search: string }

const everyMs = 60_000

/** Keys change without facts, so they are read again now and then, and when somebody comes back. */
const kept = { refetchInterval: everyMs, refetchOnWindowFocus: 'always' } as const

export function useKeys({ all, search }: KeyFilter) {
  return useInfiniteQuery({
    queryKey: ['keys', 'list', all, search],
    queryFn: ({ signal, pageParam }) => {
      const query = { revoked: all ? undefined : false, search, cursor: pageParam ?? undefined }
      return ask('listKeys', { query }, signal)
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => nextCursor(page.next),
    placeholderData: keepPreviousData,
    ...kept,
  })
}

export function useKey(id: number) {
  return useQuery({
    queryKey: ['keys', 'one', id],
    queryFn: ({ signal }) => ask('readKey', { params: { id } }, signal),
    ...kept,
  })
}

export function useKeysAgain() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: ['keys'] })
}

export function useMakeKey() {
  const again = useKeysAgain()
  return useMutation({ mutationFn: (body: KeyCreation) => ask('addKey', { body }), onSuccess: again })
}
