import type { Me } from '@toneout/contract/model/person.ts'
import { Rail } from '../frame/rail.tsx'
import { useLive } from '../live/use-live.ts'
import { usePageKeys } from '../ui/keyboard.ts'
import { Columns } from './columns.tsx'
import { Notices } from './notices.tsx'
import { stepOpenCall, stepWaiting } from './step-selection.ts'
import { TopBar } from './top-bar.tsx'
import { useRetryOnReturn } from './use-calls.ts'
import { useView } from './view-store.ts'

export function LiveLayout({ person }: { person: Me }) {
  const live = useLive()
  const { call, incident, boards } = useView()
  usePageKeys((act) => {
    if (act === 'next_waiting') stepWaiting(live.centre)
    else stepOpenCall(live.board, act)
  })
  useRetryOnReturn()
  return (
    <div className="layout" data-detail={(call ?? incident) ? 'selected' : 'none'} data-boards={boards}>
      <Rail person={person} />
      <TopBar person={person} />
      <main aria-label="The centre, live">
        <Notices person={person} />
        <Columns person={person} />
      </main>
    </div>
  )
}
