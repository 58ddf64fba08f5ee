import { useEffect, useState } from 'react'
import { currentSide, openSide } from '../frame/side-store.ts'
import { forgetOrders } from '../incidents/orders.ts'
import { useLive } from '../live/use-live.ts'
import { usePageKeys } from '../ui/keyboard.ts'
import { selectRow, stepOpenCall, stepWaiting } from './step-selection.ts'
import { useRetryOnReturn } from './use-calls.ts'
import { changeView } from './view-store.ts'

/** The row of the list of units that Tab would come to. */
function focusUnits() {
  changeView({ field: 'units' })
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.units [data-stop="true"]')?.focus())
}

/** Does what keys ask for anywhere on the page; `vainAt` is when F2 last found no incident that waits. */
export function usePageActs(): { vainAt: number | null } {
  const live = useLive()
  const [vainAt, setVainAt] = useState<number | null>(null)
  useRetryOnReturn()
  useEffect(() => {
    // The next person at this desk begins without what the last one did.
    forgetOrders()
    return () => openSide(null)
  }, [])
  usePageKeys((act) => {
    if (act === 'next_call' || act === 'previous_call') stepOpenCall(live.board, act)
    else if (act === 'next_waiting') {
      if (!stepWaiting(live.centre)) setVainAt(Date.now())
    } else if (act === 'help') openSide(currentSide()?.is === 'help' ? null : { is: 'help' })
    else if (act === 'unit_list') focusUnits()
    else if (typeof act === 'object') selectRow(live.centre, act.row)
  })
  return { vainAt }
}
