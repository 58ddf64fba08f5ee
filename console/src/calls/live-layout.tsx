import type { Me } from '@toneout/contract/model/person.ts'
import { useLive } from '../live/use-live.ts'
import { usePageKeys } from '../ui/keyboard.ts'
import { PanelBoundary } from '../ui/panel-states.tsx'
import { AllCallsPanel } from './all-calls-panel.tsx'
import { CallPanel } from './call-panel.tsx'
import { IncomingPanel } from './incoming-panel.tsx'
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
        <div className="columns">
          <PanelBoundary what="Incoming calls">
            <IncomingPanel />
          </PanelBoundary>
          <PanelBoundary what="All calls">
            <AllCallsPanel />
          </PanelBoundary>
          <PanelBoundary what="The selected call">
            <CallPanel sid={call} />
          </PanelBoundary>
        </div>
      </main>
    </div>
  )
}
