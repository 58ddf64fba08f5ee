import type { LiveFact } from '@toneout/contract/model/fact.ts'
import { useEffect, useRef } from 'react'
import { useLive } from './use-live.ts'

/** Calls `act` once for each batch of facts of which one concerns it. */
export function useNews(concerns: (fact: LiveFact) => boolean, act: () => void) {
  const live = useLive()
  const latest = useRef({ concerns, act })
  latest.current = { concerns, act }
  useEffect(() => {
    const hear = (facts: readonly LiveFact[]) => {
      if (facts.some((fact) => latest.current.concerns(fact))) latest.current.act()
    }
    live.news.add(hear)
    return () => {
      live.news.delete(hear)
    }
  }, [live])
}
