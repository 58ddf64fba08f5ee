import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { CallsChanged } from '@toneout/contract/model/call-list.ts'
import { mostChanged } from '@toneout/contract/model/call-list.ts'
import { ask } from '../access/ask.ts'

/** What is to become of each call. */
export type Change = {
  status?: string
  review?: 'NEEDED' | 'DONE' | null
  reviewer_id?: number | null
  add_tags?: string[]
  remove_tags?: string[]
}

/** Changes calls in parts that the server takes; tells which were refused, and why. */
export function useBulk() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ sids, change }: { sids: readonly string[]; change: Change }) => {
      const done: CallsChanged = { changed: [], refused: [] }
      for (let at = 0; at < sids.length; at += mostChanged) {
        const body = { call_sids: sids.slice(at, at + mostChanged), ...change }
        const part = await ask('changeCalls', { body })
        done.changed.push(...part.changed)
        done.refused.push(...part.refused)
      }
      return done
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['calls'] }),
  })
}
