import { useQuery } from '@tanstack/react-query'
import type { FactType } from '@toneout/contract/model/fact.ts'
import { ask } from '../access/ask.ts'
import { useRow, useRows } from '../frame/use-rows.ts'
import { endOfDay } from '../keys/key-words.ts'

const everyMs = 15_000

/** Filters as the address has them. */
export type HistoryWords = Readonly<
  Record<'actor' | 'kind' | 'type' | 'about' | 'from' | 'to' | 'request', string>
>

type About = { incident_id?: number; unit_id?: number } | null

/** The start of a local day such as 2026-11-30, as an instant. */
function startOf(day: string): string | undefined {
  const start = new Date(`${day}T00:00:00`)
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString()
}

/**
 * What a number on the screen stands for: the history knows rows by their ids. Null when nothing is called
 * so, {} for an empty word.
 */
export function useMeant(about: string) {
  return useQuery({
    queryKey: ['history', 'meant', about],
    queryFn: async ({ signal }): Promise<About> => {
      if (about === '') return {}
      const query = { search: about, page_size: 50 }
      const same = (given: string | null) => given?.toLowerCase() === about.toLowerCase()
      const units = (await ask('listUnits', { query }, signal)).results
      const unit = units.find((one) => same(one.unit_number))
      if (unit) return { unit_id: unit.id }
      const incidents = (await ask('listIncidents', { query }, signal)).results
      const incident = incidents.find((one) => same(one.incident_number))
      return incident ? { incident_id: incident.id } : null
    },
  })
}

export function useHistory(words: HistoryWords) {
  const meant = useMeant(words.about.trim())
  const { kind, type, actor, request } = words
  const query = {
    ...meant.data,
    actor_kind: (kind || undefined) as 'person' | 'key' | 'system' | undefined,
    type: (type || undefined) as FactType | undefined,
    actor: actor.trim() || undefined,
    request_id: request || undefined,
    after: startOf(words.from),
    before: endOfDay(words.to) ?? undefined,
  }
  const nobody = { count: 0, count_exact: true, next: null, results: [] }
  const isUnknown = meant.data === null
  return useRows(
    ['history', 'list', query, isUnknown],
    async (cursor, signal) =>
      isUnknown ? nobody : ask('listAudit', { query: { ...query, cursor } }, signal),
    everyMs,
  )
}

/** The last check of the whole chain that anybody made, or that found a fault; null when there is none. */
export function useLastCheck() {
  const query = { type: 'history_checked', page_size: 1 } as const
  return useRow(
    ['history', 'checked'],
    async (signal) => (await ask('listAudit', { query }, signal)).results[0] ?? null,
  )
}
