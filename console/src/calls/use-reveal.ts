import { useLayoutEffect, useRef } from 'react'

type Scroller = { scrollToIndex(index: number): void }

/** Scrolls to the selected row when the selection changes, never when the rows do. */
export function useReveal(selected: string | null, sids: readonly string[], scroller: Scroller) {
  const shown = useRef<string | null>(null)
  const index = selected === null ? -1 : sids.indexOf(selected)
  useLayoutEffect(() => {
    if (shown.current === selected || (selected !== null && index < 0)) return
    shown.current = selected
    if (index >= 0) scroller.scrollToIndex(index)
  })
}
