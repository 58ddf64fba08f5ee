import { useEffect, useState } from 'react'
import { useOpenIncidents } from './use-incidents.ts'

const shownMs = 5_000

/**
 * The answer to F2 when no incident waits, until one does. `asked`: when F2 was last pressed in vain. The
 * place is always there, so that what comes into it is read aloud.
 */
export function NothingWaits({ asked }: { asked: number | null }) {
  const { waiting } = useOpenIncidents()
  const [over, setOver] = useState<number | null>(null)
  const isOver = asked === over || waiting > 0
  useEffect(() => {
    // Once one waits, the answer does not come back when it waits no more.
    const timer = setTimeout(() => setOver(asked), waiting > 0 ? 0 : shownMs)
    return () => clearTimeout(timer)
  }, [asked, waiting])
  return (
    <div role="status" className="short-answer">
      {isOver ? null : 'Nothing waits for a unit.'}
    </div>
  )
}
