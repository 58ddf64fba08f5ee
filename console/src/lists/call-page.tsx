import type { Me } from '@toneout/contract/model/person.ts'
import { usePathText } from '../frame/address.ts'
import { PageFrame } from '../frame/page-frame.tsx'
import { PageLink } from '../frame/page-link.tsx'
import { BackIcon } from '../ui/icons.tsx'
import { Failed, Skeleton } from '../ui/panel-states.tsx'
import { Everything } from './call-inline.tsx'
import { useCall } from './use-call.ts'

/** The call_sid at the end of the address; one that no address can hold is nobody's. */
function sidOf(path: string): string {
  try {
    return decodeURIComponent(path.split('/')[2] ?? '')
  } catch {
    return ''
  }
}

/** One call with everything that is kept of it. */
export function CallPage({ person }: { person: Me }) {
  const sid = sidOf(usePathText())
  const query = useCall(sid)
  const call = query.data
  return (
    <PageFrame person={person} name="Call">
      <section className="panel call-page" aria-label="The call">
        <header className="panel-head">
          <PageLink className="button" href="/calls">
            <BackIcon /> All calls
          </PageLink>
          <span className="mono">{sid}</span>
        </header>
        {query.isPending && <Skeleton rows={8} what="the call" />}
        {query.isError && <Failed what="The call" read={query} />}
        {call && <Everything call={call} person={person} />}
      </section>
    </PageFrame>
  )
}
