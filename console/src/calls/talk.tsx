import type { Me } from '@toneout/contract/model/person.ts'
import { Refused } from '../access/ask.ts'
import { mayDispatch } from '../access/session.ts'
import { useKnownCall, useSpoken } from '../live/use-live.ts'
import { Empty, Failed, Skeleton } from '../ui/panel-states.tsx'
import { typeWord } from '../ui/words.ts'
import { AsOf } from './as-of.tsx'
import { TakeOver } from './take-over.tsx'
import { Transcript } from './transcript.tsx'
import { useScript } from './use-calls.ts'

export function Talk({ sid, person }: { sid: string; person: Me }) {
  const query = useScript(sid, true)
  const call = useKnownCall(sid)
  const spoken = useSpoken(sid)
  const gone = query.error instanceof Refused && query.error.status === 404
  const known = spoken && (query.data !== undefined || spoken.length > 0)
  return (
    <>
      <header className="panel-head">
        <h2>Transcript</h2>
        <span className="count">{query.data === undefined ? undefined : spoken?.length}</span>
        <span className="mono sid" title={sid}>
          {sid}
        </span>
        <AsOf />
        <span className="talk-type">{call && typeWord(call.emergency_type)}</span>
      </header>
      {gone && <Empty>There is no call {sid} here.</Empty>}
      {query.isError && !gone && <Failed what="The transcript" read={query} />}
      {call && known ? (
        <Transcript call={call} spoken={spoken} whole={query.data ?? true} />
      ) : (
        !query.isError && <Skeleton rows={6} what="the transcript" />
      )}
      {call && mayDispatch(person) && <TakeOver call={call} />}
    </>
  )
}
