import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { Board } from '../live/board.ts'
import { type Filter, type ListPage, openCalls, partsOf, rowsOf } from '../live/listing.ts'
import { useBoard, useLive, useRowsOfBoard, useStatus } from '../live/use-live.ts'
import { loadOpen, loadPage, loadScript } from './load.ts'
import { personFirst } from './wants-person.ts'

/** A list is not read further than this; a narrower filter or a search finds what is older. */
const mostPages = 50

const openOnes = (board: Board) => personFirst(openCalls(board))

/** All open calls, newest first; `whole` is false until they have been read. */
export function useOpenCalls() {
  const live = useLive()
  const calls = useRowsOfBoard(openOnes)
  const [ready, epoch] = [useStatus('ready'), useStatus('epoch')]
  const query = useQuery({
    queryKey: ['open', epoch],
    queryFn: ({ signal }) => loadOpen({ live, signal }),
    enabled: ready,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })
  return { query, calls }
}

/** What stands under a list: there is more to read, it is whole, or it is too long to be read on. */
export type ListEnd = 'more' | 'whole' | 'cut'

/** The list of a filter, kept live by facts and read further by `query.fetchNextPage`. */
export function useCallList(filter: Filter) {
  const live = useLive()
  const board = useBoard()
  const [ready, epoch] = [useStatus('ready'), useStatus('epoch')]
  const { show, search } = filter
  const query = useInfiniteQuery({
    queryKey: ['list', show, search, epoch],
    queryFn: ({ signal, pageParam }) => loadPage({ live, signal }, pageParam ?? partsOf({ show, search })),
    initialPageParam: null as ListPage | null,
    getNextPageParam: (last, pages) => (pages.length < mostPages && isBehind(last) ? last : undefined),
    enabled: ready,
    staleTime: Number.POSITIVE_INFINITY,
    // While everything is loaded again the same list stays; another list's rows would be wrong.
    placeholderData: (known, from) =>
      from?.queryKey[1] === show && from.queryKey[2] === search ? known : undefined,
  })
  // The server knows which calls match a search, so it is asked anew.
  useAskAgain(query.refetch, search !== '')
  const pages = query.data?.pages
  const rows = useMemo(
    () => (pages ? rowsOf(board, { show, search }, pages) : []),
    [board, show, search, pages],
  )
  const cut = board.floor !== null || (pages?.length ?? 0) >= mostPages
  const end: ListEnd = query.hasNextPage && board.floor === null ? 'more' : cut ? 'cut' : 'whole'
  return { query, rows, end }
}

const isBehind = (page: ListPage) => page.progress.some((each) => each.cursor !== null)

/**
 * Asks again when calls have begun or changed. An answer that is still on its way is waited for, never cut
 * off.
 */
function useAskAgain(refetch: (options: { cancelRefetch: boolean }) => Promise<unknown>, wanted = true) {
  const turns = useStatus('turns')
  useEffect(() => {
    if (wanted && turns > 0) void refetch({ cancelRefetch: false })
  }, [wanted, turns, refetch])
}

/** Loads a call and its lines into the board; `wanted` is false where what facts brought is enough. */
export function useScript(sid: string, wanted: boolean) {
  const live = useLive()
  const [ready, epoch] = [useStatus('ready'), useStatus('epoch')]
  return useQuery({
    queryKey: ['script', sid, epoch],
    queryFn: ({ signal }) => loadScript({ live, signal }, sid),
    enabled: ready && wanted,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** When the feed is heard again, what failed meanwhile is loaded again without a click. */
export function useRetryOnReturn() {
  const queries = useQueryClient()
  const connected = useStatus('connected')
  useEffect(() => {
    if (connected) void queries.refetchQueries({ predicate: (query) => query.state.status === 'error' })
  }, [connected, queries])
}
