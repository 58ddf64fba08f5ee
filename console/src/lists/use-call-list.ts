import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ListedCall } from '@toneout/contract/model/call-list.ts'
import { useEffect, useRef } from 'react'
import { ask } from '../access/ask.ts'
import { useRows } from '../frame/use-rows.ts'
import { nextCursor } from '../live/listing.ts'
import { useBoard, useStatus } from '../live/use-live.ts'
import { type CallsQuery, periods, startOfPeriod } from './list-query.ts'

/** Between two readings of a list whose calls change all the time. */
const restMs = 3_000
/** A list that was read further than this is read again only every minute: it would be all of its pages. */
const mostPages = 2

/** The calls of a query, open ones as they are now. How many there are is known from the first page. */
export function useCallList(query: CallsQuery) {
  const list = useRows(['calls', 'list', query], (cursor, signal) =>
    ask('listCalls', { query: { ...query, more: 'true', cursor } }, signal),
  )
  const { calls } = useBoard()
  useNewCalls(list.read)
  const rows = list.rows.map((row): ListedCall => {
    const live = calls.get(row.call_sid)?.row
    return live ? { ...row, ...live } : row
  })
  return { ...list, rows }
}

type Read = ReturnType<typeof useRows>['read']

/** Reads the list again when calls have begun or changed, with a rest between. */
function useNewCalls({ refetch, data }: Read) {
  const turns = useStatus('turns')
  const last = useRef(0)
  const isShort = (data?.pages.length ?? 0) <= mostPages
  useEffect(() => {
    if (turns === 0 || !isShort) return
    const wait = Math.max(0, last.current + restMs - Date.now())
    const timer = setTimeout(() => {
      last.current = Date.now()
      void refetch({ cancelRefetch: false })
    }, wait)
    return () => clearTimeout(timer)
  }, [turns, refetch, isShort])
}

/** How many calls each filter would find. */
export function useFacets(query: CallsQuery, now: number) {
  const { ordering: _, ...filters } = query
  const received_since = periods.map(({ value }) => startOfPeriod(value, now)).join(',')
  return useQuery({
    queryKey: ['calls', 'facets', filters, received_since],
    queryFn: ({ signal }) => ask('countFacets', { query: { ...filters, received_since } }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
    staleTime: 10_000,
  })
}

const pageSize = 200
/** Calls that can be chosen at once. */
export const mostChosen = 1_000

/** The first thousand calls of the query, page after page. */
export async function readAllOf(query: CallsQuery): Promise<ListedCall[]> {
  const rows: ListedCall[] = []
  let cursor: string | undefined
  do {
    const page = await ask('listCalls', { query: { ...query, page_size: pageSize, cursor } })
    rows.push(...page.results)
    cursor = nextCursor(page.next) ?? undefined
  } while (cursor !== undefined && rows.length < mostChosen)
  return rows.slice(0, mostChosen)
}
