import { useEffect, useRef, useState } from 'react'
import { openCall, openIncident } from '../calls/select.ts'
import { liveAssignments } from '../live/centre.ts'
import { watchTime } from '../live/clock.ts'
import { openCalls } from '../live/listing.ts'
import type { Live } from '../live/live.ts'
import { useLive } from '../live/use-live.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import { focusLine, usePageKeys } from '../ui/keyboard.ts'
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
function useAlarms() {
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

/** What must be acted on now, until somebody says that they have seen it. */
export function AlarmBar() {
  const { due, acknowledge } = useAlarms()
  const [gravest] = due
  usePageKeys((act) => {
    if (act === 'acknowledge') acknowledge()
  })
  const go = () => {
    if (gravest?.at && 'incident' in gravest.at) openIncident(gravest.at.incident)
    else if (gravest?.at && 'call' in gravest.at) openCall(gravest.at.call)
    focusLine()
  }
  return (
    <div className="alarm-place" role="alert">
      {gravest && (
        <p className="alarm-bar" data-tone={gravest.tone}>
          <span>{gravest.words}</span>
          {due.length > 1 && <small>and {due.length - 1} more</small>}
          {gravest.at && (
            <button type="button" className="button" onClick={go}>
              Show
            </button>
          )}
          <button type="button" className="button" onClick={acknowledge}>
            Acknowledge <KeyHint keys="F9" />
          </button>
        </p>
      )}
    </div>
  )
}
