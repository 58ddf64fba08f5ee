import type { Me } from '@toneout/contract/model/person.ts'
import { useEffect } from 'react'
import { mayDispatch } from '../access/session.ts'
import { AlarmBar } from '../alarms/alarm-bar.tsx'
import { SoundButton } from '../alarms/sound-button.tsx'
import { Rail } from '../frame/rail.tsx'
import { openSide } from '../frame/side-store.ts'
import { NothingWaits } from '../incidents/nothing-waits.tsx'
import { forgetOrders } from '../incidents/orders.ts'
import { CommandLine } from '../line/command-line.tsx'
import { HelpIcon } from '../ui/icons.tsx'
import { Columns } from './columns.tsx'
import { Notices } from './notices.tsx'
import { TopBar } from './top-bar.tsx'
import { useRetryOnReturn } from './use-calls.ts'
import { usePageActs } from './use-page-acts.ts'
import { useView } from './view-store.ts'

export function LiveLayout({ person }: { person: Me }) {
  const { call, incident, boards } = useView()
  const { vainAt } = usePageActs()
  useRetryOnReturn()
  useEffect(() => {
    forgetOrders()
    return () => openSide(null)
  }, [])
  const dispatches = mayDispatch(person)
  return (
    <div
      className="layout console"
      data-detail={(call ?? incident) ? 'selected' : 'none'}
      data-boards={boards}
      data-line={dispatches}
    >
      <Rail person={person}>
        {dispatches && <SoundButton />}
        <button
          type="button"
          className="rail-button"
          aria-label="Keys and commands"
          title="Keys and commands (F1)"
          onClick={() => openSide({ is: 'help' })}
        >
          <HelpIcon />
        </button>
      </Rail>
      <TopBar person={person} name="Console">
        {dispatches && <AlarmBar />}
      </TopBar>
      <main aria-label="The centre, live">
        <Notices person={person} />
        <NothingWaits asked={vainAt} />
        <Columns person={person} />
      </main>
      {dispatches && <CommandLine />}
    </div>
  )
}
