import { useQuery } from '@tanstack/react-query'
import type { DeskView } from '@toneout/contract/model/desk.ts'
import { ask } from '../access/ask.ts'
import { setTargets } from '../incidents/targets.ts'
import { useStatus } from '../live/use-live.ts'

/** What a centre sets hardly ever changes, and figures over hours move slowly. */
const deskAgeMs = 60_000

/** What desks work by, and how the last hours went; undefined until it is known. */
export function useDesk(): DeskView | undefined {
  const ready = useStatus('ready')
  const { data } = useQuery({
    queryKey: ['desk'],
    queryFn: async ({ signal }) => {
      const desk = await ask('readDesk', {}, signal)
      setTargets(desk.targets)
      return desk
    },
    enabled: ready,
    staleTime: deskAgeMs,
    refetchInterval: deskAgeMs,
  })
  return data
}
