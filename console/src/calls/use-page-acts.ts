import { useState } from 'react'
import { useLive } from '../live/use-live.ts'
import { usePageKeys } from '../ui/keyboard.ts'
import { stepOpenCall, stepWaiting } from './step-selection.ts'

/** Does what keys ask for anywhere on the page; `vainAt` is when F2 last found no incident that waits. */
export function usePageActs(): { vainAt: number | null } {
  const live = useLive()
  const [vainAt, setVainAt] = useState<number | null>(null)
  usePageKeys((act) => {
    if (act !== 'next_waiting') stepOpenCall(live.board, act)
    else if (!stepWaiting(live.centre)) setVainAt(Date.now())
  })
  return { vainAt }
}
