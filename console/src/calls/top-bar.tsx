import type { Me } from '@toneout/contract/model/person.ts'
import { AlarmBar } from '../alarms/alarm-bar.tsx'
import { PersonAtDesk } from '../handover/person-at-desk.tsx'
import { clockTime } from '../ui/format.ts'
import { Ticking } from '../ui/ticking.tsx'
import { Figures } from './figures.tsx'
import { LiveAge } from './live-age.tsx'

export function TopBar({ person, dispatches }: { person: Me; dispatches: boolean }) {
  return (
    <header className="top-bar">
      <h1>Console</h1>
      <Figures />
      {dispatches && <AlarmBar person={person} />}
      <LiveAge />
      <PersonAtDesk person={person} />
      <Ticking className="clock" read={clockTime} />
    </header>
  )
}
