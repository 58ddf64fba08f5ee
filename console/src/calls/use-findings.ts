import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Finding } from '@toneout/contract/model/finding.ts'
import { ask } from '../access/ask.ts'
import { useStatus } from '../live/use-live.ts'
import { useNews } from '../live/use-news.ts'

const order = ['access', 'patient', 'conscious', 'breathing', 'cpr', 'scene', 'history']
const rank = (field: string) => (order.includes(field) ? order.indexOf(field) : order.length)

/** What crews need first comes first; a better value stands where the other stood. */
export const byNeed = (a: Pick<Finding, 'field'>, b: Pick<Finding, 'field'>) =>
  rank(a.field) - rank(b.field) || (a.field < b.field ? -1 : 1)

const types: readonly string[] = ['findings_told', 'finding_confirmed']
const none: readonly Finding[] = []

/** What was understood from the words of a call, kept current by facts, which do not carry it. */
export function useFindings(sid: string | null) {
  const [ready, epoch] = [useStatus('ready'), useStatus('epoch')]
  const query = useQuery({
    queryKey: ['findings', sid, epoch],
    queryFn: async ({ signal }) => {
      const { results } = await ask('listFindings', { params: { call_sid: sid ?? '' } }, signal)
      return results.sort(byNeed)
    },
    enabled: ready && sid !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  useNews(
    (fact) => types.includes(fact.type) && fact.call?.call_sid === sid,
    () => void query.refetch(),
  )
  return { query, findings: query.data ?? none }
}

export function useConfirm(sid: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (field: string) => ask('confirmFinding', { params: { call_sid: sid, field } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['findings', sid] }),
  })
}
