import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { nextCursor } from '../live/listing.ts'

/** What changes without facts is read again now and then, and when somebody comes back. */
const readAgain = (everyMs = 60_000) =>
  ({ refetchInterval: everyMs, refetchOnWindowFocus: 'always' }) as const

type PageOf<Row> = { count: number; count_exact: boolean; next: string | null; results: readonly Row[] }

/** A list page by page; `load` gets the cursor of the page, undefined for the first. */
export function useRows<Row>(
  key: readonly unknown[],
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<PageOf<Row>>,
  everyMs?: number,
) {
  const read = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ signal, pageParam }) => load(pageParam ?? undefined, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => nextCursor(page.next),
    placeholderData: keepPreviousData,
    ...readAgain(everyMs),
  })
  return { read, rows: read.data?.pages.flatMap((page) => page.results) ?? [] }
}

export function useRow<Row>(
  key: readonly unknown[],
  load: (signal: AbortSignal) => Promise<Row>,
  everyMs?: number,
) {
  return useQuery({ queryKey: key, queryFn: ({ signal }) => load(signal), ...readAgain(everyMs) })
}
