import type { Me } from '@toneout/contract/model/person.ts'
import { useLive } from '../live/use-live.ts'
import { usePageKeys } from '../ui/keyboard.ts'
import { Columns } from './columns.tsx'
import { Notices } from './notices.tsx'
import { Rail } from './rail.tsx'
import { stepOpenCall } from './step-open-call.ts'
import { TopBar } from './top-bar.tsx'
import { useRetryOnReturn } from './use-calls.ts'
import { useView } from './view-store.ts'

export function LiveLayout({ person }: { person: Me }) {
  const live = useLive()
  const { call } = useView()
  usePageKeys((act) => stepOpenCall(live.board, act))
  useRetryOnReturn()
  return (
    <div className="layout" data-call={call === null ? 'none' : 'selected'}>
      <Rail />
      <TopBar person={person} />
      <main aria-label="Live calls">
        <Notices />
        <Columns />
      </main>
    </div>
  )
}
