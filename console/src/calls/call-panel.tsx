import type { Call } from '@toneout/contract/model/call.ts'
import { Refused } from '../access/ask.ts'
import { useBoard, useSpoken } from '../live/use-live.ts'
import { BackIcon } from '../ui/icons.tsx'
import { Empty, Failed, Skeleton } from '../ui/panel-states.tsx'
import { PriorityMark } from '../ui/priority-mark.tsx'
import { statusWord, typeWord } from '../ui/words.ts'
import { AsOf } from './as-of.tsx'
import { detailHeadingId } from './call-detail-focus.ts'
import { CallFacts } from './call-facts.tsx'
import { CallTimer } from './call-timer.tsx'
import { Transcript } from './transcript.tsx'
import { useScript } from './use-calls.ts'
import { changeView } from './view-store.ts'

export function CallPanel({ sid }: { sid: string | null }) {
  return (
    <section className="panel call" aria-label="Selected call">
      {sid === null ? (
        <Empty>
          No call is selected. Choose one from a list, or press Alt and the down arrow for the newest.
        </Empty>
      ) : (
        <SelectedCall key={sid} sid={sid} />
      )}
    </section>
  )
}

function SelectedCall({ sid }: { sid: string }) {
  const query = useScript(sid, true)
  const call = useBoard().calls.get(sid)?.row
  const spoken = useSpoken(sid)
  const gone = query.error instanceof Refused && query.error.status === 404
  return (
    <>
      <BackToCalls />
      {call && <CallHead call={call} />}
      {gone && <Empty>There is no call {sid} here.</Empty>}
      {query.isError && !gone && (
        <Failed
          what="The transcript"
          error={query.error}
          since={query.errorUpdatedAt}
          retry={() => void query.refetch()}
          busy={query.isFetching}
        />
      )}
      {call && <CallFacts call={call} />}
      {call && <TranscriptHead count={query.data === undefined ? undefined : spoken?.length} sid={sid} />}
      {call && spoken && (query.data !== undefined || spoken.length > 0) ? (
        <Transcript call={call} spoken={spoken} whole={query.data ?? true} />
      ) : (
        !query.isError && <Skeleton rows={6} what="the transcript" />
      )}
    </>
  )
}

function BackToCalls() {
  return (
    <button type="button" className="button back" onClick={() => changeView({ call: null }, true)}>
      <BackIcon /> Back to calls
    </button>
  )
}

function CallHead({ call }: { call: Call }) {
  return (
    <header className="call-head">
      <PriorityMark call={call} />
      <div className="call-title">
        <h2 id={detailHeadingId} tabIndex={-1}>
          {typeWord(call.emergency_type) ?? 'Type not known'}
        </h2>
        <p>{call.location || 'Location not known'}</p>
      </div>
      <div className="call-state">
        {call.lost_contact ? (
          <span className="chip alarm">Lost contact</span>
        ) : (
          <span>{statusWord(call.status)}</span>
        )}
        <CallTimer call={call} />
      </div>
    </header>
  )
}

function TranscriptHead({ count, sid }: { count: number | undefined; sid: string }) {
  return (
    <header className="panel-head">
      <h3>Transcript</h3>
      <span className="count">{count}</span>
      <AsOf />
      <span className="mono sid" title={sid}>
        {sid}
      </span>
    </header>
  )
}
