import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Message } from '@toneout/contract/model/message.ts'
import { ask } from '../access/ask.ts'
import { useRow, useRows } from '../frame/use-rows.ts'

export type MessageFilter = Readonly<Record<'state' | 'channel' | 'event' | 'search', string>>

/** A message is on its way for seconds, so the list is read again often. */
const everyMs = 10_000

/** An empty word is no filter, and what the list does not know is told by the server. */
const queryOf = (filter: MessageFilter) =>
  filter as Partial<Record<'search', string>> & {
    state?: Message['state']
    channel?: Message['channel']
    event?: Message['event']
  }

export function useMessages(filter: MessageFilter) {
  return useRows(
    ['messages', 'list', filter],
    (cursor, signal) => ask('listMessages', { query: { ...queryOf(filter), cursor } }, signal),
    everyMs,
  )
}

/** How many failed, for who looks at something else. */
export function useFailedCount() {
  return useQuery({
    queryKey: ['messages', 'failed'],
    queryFn: ({ signal }) => ask('listMessages', { query: { state: 'FAILED', page_size: 1 } }, signal),
    refetchInterval: everyMs,
  }).data
}

export function useMessage(id: number) {
  return useRow(['messages', 'one', id], (signal) => ask('readMessage', { params: { id } }, signal), everyMs)
}

/** What the history says of its tries, for those who may read it; the oldest first. */
export function useTries({ id, incident_id, created_at }: Message, mayRead: boolean) {
  return useQuery({
    queryKey: ['messages', 'tries', id],
    queryFn: async ({ signal }) => {
      const query = { incident_id: incident_id ?? undefined, after: created_at, page_size: 200 }
      const { results } = await ask('listAudit', { query }, signal)
      return results.filter(({ data }) => data.message_id === id).reverse()
    },
    enabled: mayRead && incident_id !== null,
    refetchInterval: everyMs,
  })
}

/** The words by which a desk knows what a message is about. */
export function useAbout({ incident_id, unit_id }: Pick<Message, 'incident_id' | 'unit_id'>) {
  return useQuery({
    queryKey: ['messages', 'about', incident_id, unit_id],
    queryFn: async ({ signal }) => {
      const [incident, unit] = await Promise.all([
        incident_id === null ? null : ask('readIncident', { params: { id: incident_id } }, signal),
        unit_id === null ? null : ask('readUnit', { params: { id: unit_id } }, signal),
      ])
      return { incident: incident?.incident_number ?? null, unit: unit?.unit_number ?? null }
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function useResend(id: number) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => ask('resendMessage', { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['messages'] }),
  })
}
