import type { Me } from '@toneout/contract/model/person.ts'
import { Rail } from '../frame/rail.tsx'
import { NothingWaits } from '../incidents/nothing-waits.tsx'
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
  return (
    <div className="layout" data-detail={(call ?? incident) ? 'selected' : 'none'} data-boards={boards}>
      <Rail person={person} />
      <TopBar person={person} />
      <main aria-label="The centre, live">
        <Notices person={person} />
        <NothingWaits asked={vainAt} />
        <Columns person={person} />
      </main>
    </div>
  )
}
