import { useLayoutEffect, useRef, useState } from 'react'

/** Rows above and below those in sight. */
const around = 4

type Seen = { from: number; to: number }

/**
 * Which rows of a list of equal heights are in sight, a few more around them, for lists that are on the page
 * from its first moment: a library for rows of any height would be a twentieth of all that loads.
 */
export function useWindow(find: () => HTMLElement | null, count: number, rowHeight: number) {
  const list = useRef(find)
  list.current = find
  const [seen, setSeen] = useState<Seen>({ from: 0, to: 20 })
  useLayoutEffect(() => {
    const element = list.current()
    if (!element) return
    const look = () => {
      const from = Math.max(0, Math.floor(element.scrollTop / rowHeight) - around)
      const to = Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + around
      setSeen((before) => (before.from === from && before.to === to ? before : { from, to }))
    }
    look()
    const resized = new ResizeObserver(look)
    resized.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      resized.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [rowHeight])
  return {
    from: Math.min(seen.from, count),
    to: Math.min(seen.to, count),
    height: count * rowHeight,
    /** Scrolls as little as brings the row into sight. */
    reveal(index: number) {
      const element = list.current()
      if (!element) return
      const [top, bottom] = [index * rowHeight, (index + 1) * rowHeight]
      if (top < element.scrollTop) element.scrollTop = top
      else if (bottom > element.scrollTop + element.clientHeight)
        element.scrollTop = bottom - element.clientHeight
    },
  }
}
