import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask } from '../access/ask.ts'
import { useRow, useRows } from '../frame/use-rows.ts'
import type { IncidentWords } from './incident-query.ts'

const everyMs = 10_000

export const useIncidentRecords = (query: IncidentWords) =>
  useRows(
    ['records', 'incidents', query],
    (cursor, signal) => ask('listIncidents', { query: { ...query, cursor } }, signal),
    everyMs,
  )

export const useIncidentRecord = (id: number) =>
  useRow(
    ['records', 'incident', id],
    (signal) => ask('readIncident', { params: { id: String(id) } }, signal),
    everyMs,
  )

/** Calls about the incident, the first 50 of them. */
export function useCallsOf(id: number) {
  return useQuery({
    queryKey: ['records', 'calls of', id],
    queryFn: async ({ signal }) => (await ask('listCalls', { query: { incident_id: id } }, signal)).results,
  })
}

/** Opens an ended incident again, or ends one before anybody came. */
export function useIncidentChange(id: number) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (change: { reopen: string } | { cancel: string }) =>
      'reopen' in change
        ? ask('reopenIncident', { params: { id: String(id) }, body: { reason: change.reopen } })
        : ask('cancelIncident', {
            params: { id: String(id) },
            body: { disposition: 'CANCELLED_BEFORE_ARRIVAL', reason: change.cancel || undefined },
          }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['records'] }),
  })
}
