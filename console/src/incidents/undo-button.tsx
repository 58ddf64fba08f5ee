import { useCallback, useEffect, useState } from 'react'
import { duration } from '../ui/format.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import { Ticking } from '../ui/ticking.tsx'
import { type Sent, undo, undoMs } from './orders.ts'

/** Takes a dispatch back while that is still possible, and says how long it is. */
export function UndoButton({ order }: { order: Sent }) {
  const [over, setOver] = useState(false)
  const until = order.at + undoMs
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), until - Date.now())
    return () => clearTimeout(timer)
  }, [until])
  const read = useCallback((now: number) => duration(Math.ceil((until - now) / 1000)), [until])
  if (over) return null
  return (
    <button type="button" className="button undo" onClick={() => void undo(order)}>
      Take back <KeyHint keys="Ctrl Z" />
      <span aria-hidden="true">
        <Ticking read={read} />
      </span>
    </button>
  )
}
