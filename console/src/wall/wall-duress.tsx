import type { Me } from '@toneout/contract/model/person.ts'
import { useEffect } from 'react'
import { DuressBand } from '../alarms/duress-band.tsx'
import { repeatMs, sound } from '../alarms/tones.ts'
import { useDuress } from '../alarms/use-duress.ts'

/** Crews who call for help, seen and heard across the room until a desk has seen them. */
export function WallDuress({ person }: { person: Me }) {
  const duress = useDuress(person)
  const isLoud = duress.some((one) => !one.isSeen)
  useEffect(() => {
    if (!isLoud) return
    sound('duress')
    const again = setInterval(() => sound('duress'), repeatMs.duress)
    return () => clearInterval(again)
  }, [isLoud])
  return <DuressBand duress={duress} />
}
