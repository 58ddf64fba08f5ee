import type { Me } from '@toneout/contract/model/person.ts'
import { lazy, Suspense } from 'react'
import { mayDispatch } from '../access/session.ts'
import { ConsoleRail } from '../frame/console-rail.tsx'
import { CommandLine } from '../line/command-line.tsx'
import { Columns } from './columns.tsx'
import { Notices } from './notices.tsx'
import { TopBar } from './top-bar.tsx'
import { usePageActs } from './use-page-acts.ts'
import { useView } from './view-store.ts'

/** Comes right after the page is drawn: until the lists are there, nothing can alarm. */
const AlarmBar = lazy(async () => ({ default: (await import('../alarms/alarm-bar.tsx')).AlarmBar }))

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
      <TopBar person={person} name="Console">
        <Suspense fallback={null}>{dispatches && <AlarmBar />}</Suspense>
      </TopBar>
      <main aria-label="The centre, live">
        <Notices person={person} />
        <Columns person={person} vainAt={vainAt} />
      </main>
      {dispatches && <CommandLine />}
    </div>
  )
}
