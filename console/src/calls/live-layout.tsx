import type { Me } from '@toneout/contract/model/person.ts'
import { mayDispatch } from '../access/session.ts'
import { DuressAlarm } from '../alarms/duress-alarm.tsx'
import { ConsoleRail } from '../frame/console-rail.tsx'
import { CommandLine } from '../line/command-line.tsx'
import { Columns } from './columns.tsx'
import { Frame } from './frame.tsx'
import { Notices } from './notices.tsx'
import { PageKeys } from './page-keys.tsx'
import { TopBar } from './top-bar.tsx'

/** The page itself draws nothing anew when another row is selected: each panel asks for what it shows. */
export function LiveLayout({ person }: { person: Me }) {
  const dispatches = mayDispatch(person)
  return (
    <Frame hasLine={dispatches}>
      <ConsoleRail person={person} />
      <TopBar person={person} dispatches={dispatches} />
      <main aria-label="The centre, live">
        <DuressAlarm person={person} />
        <Notices person={person} />
        <PageKeys />
        <Columns person={person} />
      </main>
      {dispatches && <CommandLine />}
    </Frame>
  )
}
