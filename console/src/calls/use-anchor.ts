import { type RefObject, useLayoutEffect, useRef } from 'react'

/**
 * Keeps the row under the reader's eyes where it is when rows come or go above it. At the very top the list
 * stays at the top, so that new calls are seen.
 */
export function useAnchor(list: RefObject<HTMLElement | null>, sids: readonly string[], rowHeight: number) {
  const before = useRef(sids)
  useLayoutEffect(() => {
    const [element, old] = [list.current, before.current]
    before.current = sids
    if (!element || old === sids || element.scrollTop < rowHeight) return
    const index = Math.floor(element.scrollTop / rowHeight)
    const anchor = old.slice(index).find((sid) => sids.includes(sid))
    if (anchor === undefined) return
    element.scrollTop += (sids.indexOf(anchor) - old.indexOf(anchor)) * rowHeight
  }, [list, sids, rowHeight])
}
