import { useLayoutEffect, useRef } from 'react'
import { type Reading, showTime } from '../live/clock.ts'

type TickingProps = { read: (now: number) => Reading; className?: string }

/** A text that the page's clock writes. React never sees it change. */
export function Ticking({ read, className }: TickingProps) {
  const place = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => showTime(place.current!, read), [read])
  return <span ref={place} className={className} />
}
