import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { nextCursor } from '../live/listing.ts'

const everyMs = 60_000

/** What changes without facts is read again now and then, and when somebody comes back. */
const kept = { refetchInterval: everyMs, refetchOnWindowFocus: 'always' } as const

type PageOf<Row> = { count: number; count_exact: boolean; next: string | null; results: readonly Row[] }

/** A list page by page; `load` gets the cursor of the page, undefined for the first. */
export function useRows<Row>(
  key: readonly unknown[],
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<PageOf<Row>>,
) {
  const read = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ signal, pageParam }) => load(pageParam ?? undefined, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => nextCursor(page.next),
    placeholderData: keepPreviousData,
    ...kept,
  })
  return { read, rows: read.data?.pages.flatMap((page) => page.results) ?? [] }
}

export function useRow<Row>(key: readonly unknown[], load: (signal: AbortSignal) => Promise<Row>) {
  return useQuery({ queryKey: key, queryFn: ({ signal }) => load(signal), ...kept })
}
