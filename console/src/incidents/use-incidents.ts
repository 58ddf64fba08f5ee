import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import { useEffect, useMemo } from 'react'
import { ask } from '../access/ask.ts'
import { liveAssignments, openIncidents, waitsForUnit } from '../live/centre.ts'
import { useCentre, useLive, useStatus } from '../live/use-live.ts'
import { stepWord } from '../ui/words.ts'
import { loadIncident, loadIncidents } from './load.ts'
import { inStatusSince } from './targets.ts'

/** Open incidents, the gravest first; `query.data` is false when there are more than are loaded. */
export function useOpenIncidents() {
  const live = useLive()
  const { incidents: known } = useCentre()
  const [ready, epoch] = [useStatus('ready'), useStatus('epoch')]
  const query = useQuery({
    queryKey: ['incidents', epoch],
    queryFn: ({ signal }) => loadIncidents({ live, signal }),
    enabled: ready,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })
  const incidents = useMemo(() => openIncidents(known), [known])
  return { query, incidents, waiting: incidents.filter(waitsForUnit).length }
}

/** Live assignments by incident. */
export function useSent() {
  const { assignments } = useCentre()
  return useMemo(() => liveAssignments(assignments), [assignments])
}

/**
 * Who is on the way to an incident, one a line, number and step parted by a tab: a text, so that a row is
 * drawn anew only when it changed.
 */
export function useCrews(): (incidentId: number) => string {
  const { units } = useCentre()
  const sent = useSent()
  return (incidentId) => {
    const words = (one: Assignment) => {
      const number = units.get(one.unit_id)?.row.unit_number ?? `#${one.unit_id}`
      return `${number}\t${stepWord(one.status)}`
    }
    return (sent.get(incidentId) ?? []).map(words).join('\n')
  }
}

/** Since when an incident is in its status. */
export const useSince = (incident: Incident) => inStatusSince(incident, useSent().get(incident.id) ?? [])

/** Loads one incident into the centre; facts keep it current from then on. */
export function useIncident(id: number) {
  const live = useLive()
  const [ready, epoch] = [useStatus('ready'), useStatus('epoch')]
  return useQuery({
    queryKey: ['incident', id, epoch],
    queryFn: ({ signal }) => loadIncident({ live, signal }, id),
    enabled: ready,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Positions change without a fact, so the plan is also asked for without one. */
const planAgeMs = 15_000

/** What to send and why, asked for anew whenever an incident, a unit or a hospital changed. */
export function usePlan(id: number, wanted: boolean) {
  const [epoch, moves] = [useStatus('epoch'), useStatus('moves')]
  const query = useQuery({
    queryKey: ['plan', id, epoch],
    queryFn: ({ signal }) => ask('readRecommendation', { params: { id } }, signal),
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    refetchInterval: planAgeMs,
  })
  const { refetch } = query
  useEffect(() => {
    // An answer that is on its way may be older than the change: it is given up and asked for again.
    if (wanted && moves > 0) void refetch()
  }, [wanted, moves, refetch])
  return query
}
