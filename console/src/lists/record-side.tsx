import type { Me } from '@toneout/contract/model/person.ts'
import { mayDispatch } from '../access/session.ts'
import { CallFacts } from '../calls/call-facts.tsx'
import { TranscriptLine } from '../calls/transcript-line.tsx'
import { PageLink } from '../frame/page-link.tsx'
import { SidePanel } from '../frame/side-panel.tsx'
import { stamp } from '../ui/format.ts'
import { Empty, Failed, Skeleton } from '../ui/panel-states.tsx'
import { useLines, useRecord } from './use-records.ts'

type SideProps = { sid: string; person: Me; onClose: () => void }

/** One call beside the list: what is known of it and what was said, as it is now. */
export function RecordSide({ sid, person, onClose }: SideProps) {
  const query = useRecord(sid)
  const call = query.data
  return (
    <SidePanel title={call ? `Call of ${stamp(call.created_at, Date.now())}` : 'Call'} onClose={onClose}>
      {query.isPending && <Skeleton rows={8} what="the call" />}
      {query.isError && (
        <Failed
          what="The call"
          error={query.error}
          since={query.errorUpdatedAt}
          retry={() => void query.refetch()}
          busy={query.isFetching}
        />
      )}
      {call && (
        <>
          <CallFacts call={call} reveals={mayDispatch(person)} />
          <div className="side-part">
            <PageLink href={`/calls?call=${encodeURIComponent(sid)}`}>Open it on the page of calls</PageLink>
          </div>
          <Lines sid={sid} from={call.created_at} />
        </>
      )}
    </SidePanel>
  )
}

function Lines({ sid, from }: { sid: string; from: string }) {
  const query = useLines(sid)
  if (query.isPending) return <Skeleton rows={4} what="what was said" />
  if (query.isError) {
    return (
      <Failed
        what="What was said"
        error={query.error}
        since={query.errorUpdatedAt}
        retry={() => void query.refetch()}
        busy={query.isFetching}
      />
    )
  }
  if (query.data.length === 0) return <Empty>Nothing was said in this call.</Empty>
  return (
    <section className="lines" aria-label="What was said">
      {query.data.map((line) => (
        <TranscriptLine key={line.id} line={line} from={from} quotes="" />
      ))}
    </section>
  )
}
