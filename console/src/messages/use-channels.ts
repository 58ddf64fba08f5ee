import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ChannelState } from '@toneout/contract/model/contact.ts'
import type { Message, PersonChannel } from '@toneout/contract/model/message.ts'
import type { WebhookChange } from '@toneout/contract/model/webhook.ts'
import { ask } from '../access/ask.ts'
import { useRows } from '../frame/use-rows.ts'

const everyMs = 10_000

/** A short list as a page of a long one. */
const whole = <Row>(results: readonly Row[]) => ({
  count: results.length,
  count_exact: true,
  next: null,
  results,
})

export type ChannelRow = ChannelState & { id: number }

export function useChannels() {
  const load = async (_: string | undefined, signal: AbortSignal) => {
    const { results } = await ask('listChannels', {}, signal)
    return whole(results.map((row, at): ChannelRow => ({ ...row, id: at + 1 })))
  }
  return useRows(['channels', 'list'], load, everyMs)
}

export function useWebhooks() {
  const load = async (_: string | undefined, signal: AbortSignal) =>
    whole((await ask('listWebhooks', {}, signal)).results)
  return useRows(['channels', 'webhooks'], load, everyMs)
}

export function useContactTests() {
  const load = async (_: string | undefined, signal: AbortSignal) =>
    whole((await ask('listContactTests', {}, signal)).results)
  return useRows(['channels', 'contact-tests'], load, everyMs)
}

export function useReport(id: number) {
  const load = (cursor: string | undefined, signal: AbortSignal) =>
    ask('readContactTest', { params: { id }, query: { cursor, page_size: 200 } }, signal)
  return useRows(['channels', 'contact-test', id], load, everyMs)
}

/** A change to channels; afterwards all that shows them is read again. */
export function useChannelChange<Given, Answer>(change: (given: Given) => Promise<Answer>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['channels'] }),
  })
}

export const useWebhookChange = (id: number) =>
  useChannelChange((body: WebhookChange) => ask('changeWebhook', { params: { id }, body }))

/** Where a test went, and the number of the last message before it: the one that follows is the test's. */
export type Begun = { before: number; query: Parameters<typeof newest>[0] }

const newest = async (
  query: { channel: PersonChannel; event: 'CONTACT_TEST'; person_id: number } | { event: 'WEBHOOK_TEST' },
  signal?: AbortSignal,
) => (await ask('listMessages', { query: { ...query, page_size: 20 } }, signal)).results

type Test = { query: Begun['query']; send: () => Promise<unknown> }

/** Begins a test; the answer tells how to follow it. */
export function useTest({ query, send }: Test) {
  return useMutation({
    mutationFn: async (): Promise<Begun> => {
      const before = Math.max(0, ...(await newest(query)).map(({ id }) => id))
      await send()
      return { before, query }
    },
  })
}

/** The message of a test, as soon as it is made, until nothing more becomes of it. */
export function useTestMessage(begun: Begun | undefined, recipient: string | undefined) {
  const isOver = (message: Message | null | undefined) =>
    message && (message.state !== 'WAITING' || message.channel === 'SCREEN')
  return useQuery({
    queryKey: ['channels', 'test', begun],
    queryFn: async ({ signal }) => {
      const found = begun === undefined ? [] : await newest(begun.query, signal)
      const since = found.filter(({ id }) => id > (begun?.before ?? 0))
      return since.find((one) => recipient === undefined || one.recipient === recipient) ?? null
    },
    enabled: begun !== undefined,
    refetchInterval: ({ state }) => (isOver(state.data) ? false : 1_000),
  })
}
