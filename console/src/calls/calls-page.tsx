import type { Me } from '@toneout/contract/model/person.ts'
import { Rail } from '../frame/rail.tsx'
import { WithLive } from '../live/with-live.tsx'
import { Empty, PanelBoundary } from '../ui/panel-states.tsx'
import { AllCallsPanel } from './all-calls-panel.tsx'
import { SelectedCall } from './call-panel.tsx'
import { Notices } from './notices.tsx'
import { TopBar } from './top-bar.tsx'
import { useRetryOnReturn } from './use-calls.ts'
import { useView } from './view-store.ts'

/** All calls, those that ended too, and beside them the one that is selected. */
export function CallsPage({ person }: { person: Me }) {
  return (
    <WithLive>
      <CallsLayout person={person} />
    </WithLive>
  )
}

function CallsLayout({ person }: { person: Me }) {
  const { call } = useView()
  useRetryOnReturn()
  return (
    <div className="layout" data-detail={call ? 'selected' : 'none'}>
      <Rail person={person} />
      <TopBar person={person} name="Calls" />
      <main aria-label="All calls, live">
        <Notices person={person} />
        <div className="call-columns">
          <PanelBoundary what="All calls">
            <AllCallsPanel />
          </PanelBoundary>
          <PanelBoundary what="The call">
            <section className="panel detail" aria-label="Selected call">
              {call ? (
                <SelectedCall key={call} sid={call} person={person} />
              ) : (
                <Empty>Nothing is selected. Choose a call from the list.</Empty>
              )}
            </section>
          </PanelBoundary>
        </div>
      </main>
    </div>
  )
}
