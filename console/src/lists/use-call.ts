import { useQuery } from '@tanstack/react-query'
import { ask } from '../access/ask.ts'
import { useRow } from '../frame/use-rows.ts'

/** A call, its incident and everything that is kept of both; each is read when it is shown. */
export function useCall(call_sid: string) {
  return useRow(
    ['calls', 'one', call_sid],
    (signal) => ask('readCall', { params: { call_sid } }, signal),
    10_000,
  )
}

/** The first thousand lines of a call. */
export function useLines(call_sid: string, enabled: boolean) {
  return useQuery({
    queryKey: ['calls', 'lines', call_sid],
    queryFn: ({ signal }) => ask('listInteractions', { params: { call_sid }, query: {} }, signal),
    refetchInterval: 10_000,
    enabled,
  })
}

export function useIncident(id: number | null) {
  return useQuery({
    queryKey: ['calls', 'incident', id],
    queryFn: ({ signal }) => ask('readIncident', { params: { id: String(id) } }, signal),
    refetchInterval: 10_000,
    enabled: id !== null,
  })
}

export function useRecordings(call_sid: string) {
  return useQuery({
    queryKey: ['calls', 'recordings', call_sid],
    queryFn: async ({ signal }) => (await ask('listRecordings', { params: { call_sid } }, signal)).results,
  })
}

export function useHistory(call_sid: string, enabled: boolean) {
  return useQuery({
    queryKey: ['calls', 'history', call_sid],
    queryFn: ({ signal }) => ask('readCallHistory', { params: { call_sid } }, signal),
    enabled,
  })
}

/** Notes about the incident of the call. */
export function useNotes(id: number | null) {
  return useQuery({
    queryKey: ['calls', 'notes', id],
    queryFn: ({ signal }) => ask('listNotes', { params: { id: String(id) }, query: {} }, signal),
    enabled: id !== null,
  })
}

/** Calls about the same incident; this one among them. */
export function useLinked(id: number | null) {
  return useQuery({
    queryKey: ['calls', 'linked', id],
    queryFn: ({ signal }) => ask('listCalls', { query: { incident_id: id ?? undefined } }, signal),
    enabled: id !== null,
  })
}

/** What a list tells beside the call; its units stand in the order in which they were sent. */
export function useListed(id: number) {
  return useQuery({
    queryKey: ['calls', 'listed', id],
    queryFn: async ({ signal }) =>
      (await ask('listCalls', { query: { ids: String(id), more: 'true' } }, signal)).results[0] ?? null,
    refetchInterval: 10_000,
  })
}
