import type { Me } from '@toneout/contract/model/person.ts'
import { mayDispatch } from '../access/session.ts'
import { DuressAlarm } from '../alarms/duress-alarm.tsx'
import { ConsoleRail } from '../frame/console-rail.tsx'
import { CommandLine } from '../line/command-line.tsx'
import { Columns } from './columns.tsx'
import { Notices } from './notices.tsx'
import { TopBar } from './top-bar.tsx'
import { usePageActs } from './use-page-acts.ts'
import { useView } from './view-store.ts'

export function LiveLayout({ person }: { person: Me }) {
  const { call, incident, boards } = useView()
  const { vainAt } = usePageActs()
  const dispatches = mayDispatch(person)
  return (
    <div
      className="layout console"
      data-detail={(call ?? incident) ? 'selected' : 'none'}
      data-boards={boards}
      data-line={dispatches}
    >
      <ConsoleRail person={person} />
      <TopBar person={person} dispatches={dispatches} />
      <main aria-label="The centre, live">
        <DuressAlarm person={person} />
        <Notices person={person} />
        <Columns person={person} vainAt={vainAt} />
      </main>
      {dispatches && <CommandLine />}
    </div>
  )
}
