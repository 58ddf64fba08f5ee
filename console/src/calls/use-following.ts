import { useLayoutEffect, useRef, useState } from 'react'

/** Nearer to the end than this, in px, counts as being at the end. */
const nearEnd = 24

/** Keeps a growing list at its end until the reader scrolls up; then counts what is new below. */
export function useFollowing(lines: readonly unknown[]) {
  const scroller = useRef<HTMLDivElement>(null)
  const following = useRef(true)
  // How many lines there were when the reader left the end; null at the end.
  const [leftAt, setLeftAt] = useState<number | null>(null)

  const follow = () => {
    const element = scroller.current
    if (element && following.current) element.scrollTop = element.scrollHeight
  }

  useLayoutEffect(follow, [lines])

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    // The panel's height changes with the window and with the facts above it.
    const observer = new ResizeObserver(follow)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  return {
    scroller,
    unread: leftAt === null ? 0 : lines.length - leftAt,
    onScroll: () => {
      const { scrollHeight, scrollTop, clientHeight } = scroller.current!
      following.current = scrollHeight - scrollTop - clientHeight < nearEnd
      setLeftAt((known) => (following.current ? null : (known ?? lines.length)))
    },
    toEnd: () => {
      following.current = true
      setLeftAt(null)
      follow()
    },
  }
}
