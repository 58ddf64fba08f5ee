import { useQuery } from '@tanstack/react-query'
import { ask } from '../access/ask.ts'
import { useRow, useRows } from '../frame/use-rows.ts'
import type { CallsQuery } from './call-filters.ts'

/** How many calls there are is known from the first page. */
export function useRecords(query: CallsQuery) {
  return useRows(['records', 'list', query], (cursor, signal) =>
    ask('listCalls', { query: { ...query, cursor } }, signal),
  )
}

export function useRecord(call_sid: string) {
  return useRow(['records', 'one', call_sid], (signal) => ask('readCall', { params: { call_sid } }, signal))
}

/** The first thousand lines of a call. */
export function useLines(call_sid: string) {
  return useQuery({
    queryKey: ['records', 'lines', call_sid],
    queryFn: ({ signal }) => ask('listInteractions', { params: { call_sid }, query: {} }, signal),
  })
}
