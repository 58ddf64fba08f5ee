import type { Me } from '@toneout/contract/model/person.ts'
import { Refused } from '../access/ask.ts'
import { mayDispatch } from '../access/session.ts'
import { CallIncident } from '../incidents/call-incident.tsx'
import { useKnownCall, useSpoken } from '../live/use-live.ts'
import { Empty, Failed, Skeleton } from '../ui/panel-states.tsx'
import { CallFacts } from './call-facts.tsx'
import { BackToLists, CallHead, TranscriptHead } from './call-head.tsx'
import { Transcript } from './transcript.tsx'
import { useScript } from './use-calls.ts'

export function SelectedCall({ sid, person }: { sid: string; person: Me }) {
  const query = useScript(sid, true)
  const call = useKnownCall(sid)
  const spoken = useSpoken(sid)
  const gone = query.error instanceof Refused && query.error.status === 404
  return (
    <>
      <BackToLists />
      {call && <CallHead call={call} />}
      {call && <CallIncident call={call} raises={mayDispatch(person)} />}
      {gone && <Empty>There is no call {sid} here.</Empty>}
      {query.isError && !gone && <Failed what="The transcript" read={query} />}
      {call && <CallFacts call={call} reveals={mayDispatch(person)} />}
      {call && <TranscriptHead count={query.data === undefined ? undefined : spoken?.length} sid={sid} />}
      {call && spoken && (query.data !== undefined || spoken.length > 0) ? (
        <Transcript call={call} spoken={spoken} whole={query.data ?? true} />
      ) : (
        !query.isError && <Skeleton rows={6} what="the transcript" />
      )}
    </>
  )
}
