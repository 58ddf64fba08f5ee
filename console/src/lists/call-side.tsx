import type { Me } from '@toneout/contract/model/person.ts'
import { PageLink } from '../frame/page-link.tsx'
import { SidePanel } from '../frame/side-panel.tsx'
import { stamp } from '../ui/format.ts'
import { Failed, Skeleton } from '../ui/panel-states.tsx'
import { CallSteps } from './call-steps.tsx'
import { CallTabs } from './call-tabs.tsx'
import { useCall } from './use-call.ts'

type SideProps = { sid: string; person: Me; onClose: () => void }

/** One call beside the list: what is known of it and what was said, as it is now. */
export function CallSide({ sid, person, onClose }: SideProps) {
  const query = useCall(sid)
  const call = query.data
  return (
    <SidePanel title={call ? `Call of ${stamp(call.created_at, Date.now())}` : 'Call'} onClose={onClose}>
      {query.isPending && <Skeleton rows={8} what="the call" />}
      {query.isError && <Failed what="The call" read={query} />}
      {call && (
        <>
          <CallSteps call={call} />
          <p className="open-call">
            <PageLink className="button" href={`/calls/${encodeURIComponent(sid)}`}>
              Open
            </PageLink>
          </p>
          <CallTabs call={call} person={person} />
        </>
      )}
    </SidePanel>
  )
}
