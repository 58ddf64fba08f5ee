import { useLayoutEffect, useRef } from 'react'

/** Scrolls to the selected row when the selection changes, never when the rows do. */
export function useReveal(selected: string | null, sids: readonly string[], reveal: (index: number) => void) {
  const shown = useRef<string | null>(null)
  const index = selected === null ? -1 : sids.indexOf(selected)
  useLayoutEffect(() => {
    if (shown.current === selected || (selected !== null && index < 0)) return
    shown.current = selected
    if (index >= 0) reveal(index)
  })
}
