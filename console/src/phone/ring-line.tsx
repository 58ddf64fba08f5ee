import { useEffect, useMemo, useState } from 'react'
import { duration } from '../ui/format.ts'
import { Ticking } from '../ui/ticking.tsx'
import { current } from './crew-store.ts'
import { maySound, sound } from './ring.ts'

/** So long it rings; desks are told of a crew that has not answered by then. */
const ringMs = 30_000
const soundEveryMs = 2_000

/** Rings from the assignment on, by the server's clock. */
function useRing(assignedAt: string): boolean {
  const [isSilent, setSilent] = useState(!maySound())
  useEffect(() => {
    const until = Date.parse(assignedAt) + current().aheadMs + ringMs
    const ring = () => {
      setSilent(!maySound())
      if (Date.now() > until) clearInterval(timer)
      sound()
    }
    const timer = setInterval(ring, soundEveryMs)
    ring()
    return () => clearInterval(timer)
  }, [assignedAt])
  return isSilent
}

const ringReader = (assignedAt: string) => (now: number) => {
  const age = Math.max(0, now - current().aheadMs - Date.parse(assignedAt))
  if (age < ringMs) return { text: `Rings for ${Math.ceil((ringMs - age) / 1000)} s`, tone: 'rings' }
  return { text: `Not answered for ${duration(age / 1000)}. The desk is waiting.`, tone: 'late' }
}

/** Rings, and says how long it does and that nobody answered. */
export function RingLine({ assignedAt }: { assignedAt: string }) {
  const isSilent = useRing(assignedAt)
  const read = useMemo(() => ringReader(assignedAt), [assignedAt])
  return (
    <>
      <Ticking className="ring" read={read} />
      {isSilent && <p className="quiet">Sound is off until you touch this page.</p>}
    </>
  )
}
