import type { Me } from '@toneout/contract/model/person.ts'
import { useEffect, useRef, useState } from 'react'
import { useDesk } from '../calls/use-desk.ts'
import { watchTime } from '../live/clock.ts'
import { useLive } from '../live/use-live.ts'
import { acknowledgeDuress } from './acknowledge-duress.ts'
import { alarmsNow, type Told } from './alarms-now.ts'
import { type Alarm, usualTimes } from './alarms-of.ts'
import { repeatMs, sound } from './tones.ts'
import { useDuress } from './use-duress.ts'

const lookMs = 1_000

/** Looks once a second; sounds what is new and, again and again, what nobody has acknowledged. */
export function useAlarms(person: Me) {
  const live = useLive()
  const told = useRef<Told>({ duress: [], times: usualTimes })
  told.current = { duress: useDuress(person), times: useDesk()?.alarm_times ?? usualTimes }
  const [due, setDue] = useState<readonly Alarm[]>([])
  const heard = useRef(new Set<string>())
  useEffect(() => {
    const state = { lookedAt: 0, soundedAt: 0, keys: '' }
    return watchTime((now) => {
      if (now - state.lookedAt < lookMs || !live.status.ready) return
      state.lookedAt = now
      const all = alarmsNow(live, now, told.current)
      // What is over may become an alarm again.
      heard.current = new Set(all.map((one) => one.key).filter((key) => heard.current.has(key)))
      const left = all.filter((one) => !heard.current.has(one.key))
      const keys = left.map((one) => one.key).join(' ')
      const [gravest] = left
      if (gravest && (keys !== state.keys || now - state.soundedAt >= repeatMs[gravest.tone])) {
        sound(gravest.tone)
        state.soundedAt = now
      }
      if (keys !== state.keys) setDue(left)
      state.keys = keys
    })
  }, [live])
  const acknowledge = () => {
    for (const { key, at } of due) {
      heard.current.add(key)
      if (at && 'unit' in at) acknowledgeDuress(at.unit, () => heard.current.delete(key))
    }
    setDue([])
  }
  return { due, acknowledge }
}
