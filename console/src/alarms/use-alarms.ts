import { useEffect, useRef, useState } from 'react'
import { liveAssignments } from '../live/centre.ts'
import { watchTime } from '../live/clock.ts'
import { openCalls } from '../live/listing.ts'
import type { Live } from '../live/live.ts'
import { useLive } from '../live/use-live.ts'
import { type Alarm, alarmsOf } from './alarms-of.ts'
import { sound } from './tones.ts'

const lookMs = 1_000
const repeatMs = 10_000

function alarmsNow(live: Live, now: number): Alarm[] {
  const { incidents, assignments, units } = live.centre
  const open = [...incidents.values()].map(({ row }) => row).filter((row) => row.closed_at === null)
  return alarmsOf({
    incidents: open,
    assignments: [...liveAssignments(assignments).values()].flat(),
    calls: openCalls(live.board),
    unitNumber: (id) => units.get(id)?.row.unit_number ?? `Unit ${id}`,
    now: live.serverTime(now),
    isLive: live.status.level !== 'stale',
  })
}

/** Looks once a second; sounds what is new and, every 10 s, what nobody has acknowledged. */
export function useAlarms() {
  const live = useLive()
  const [due, setDue] = useState<readonly Alarm[]>([])
  const heard = useRef(new Set<string>())
  useEffect(() => {
    const state = { lookedAt: 0, soundedAt: 0, keys: '' }
    return watchTime((now) => {
      if (now - state.lookedAt < lookMs || !live.status.ready) return
      state.lookedAt = now
      const all = alarmsNow(live, now)
      // What is over may become an alarm again.
      heard.current = new Set(all.map((one) => one.key).filter((key) => heard.current.has(key)))
      const left = all.filter((one) => !heard.current.has(one.key))
      const keys = left.map((one) => one.key).join(' ')
      const [gravest] = left
      if (gravest && (keys !== state.keys || now - state.soundedAt >= repeatMs)) {
        sound(gravest.tone)
        state.soundedAt = now
      }
      if (keys !== state.keys) setDue(left)
      state.keys = keys
    })
  }, [live])
  const acknowledge = () => {
    for (const { key } of due) heard.current.add(key)
    setDue([])
  }
  return { due, acknowledge }
}
