import type { Me } from '@toneout/contract/model/person.ts'
import { DueNotice } from '../frame/due-notice.tsx'
import { HandoverNotice } from '../handover/handover-notice.tsx'
import { mayReadHandovers } from '../handover/may-read.ts'
import { recoverySentence, staleSentence } from '../live/freshness.ts'
import { useLive, useStatus } from '../live/use-live.ts'
import { CloseIcon } from '../ui/icons.tsx'

/** What must be said over the whole page: that it is not live, and that it is again. */
export function Notices({ person }: { person: Me }) {
  const live = useLive()
  const [level, online, recovery] = [useStatus('level'), useStatus('online'), useStatus('recovery')]
  const stale = level === 'stale'
  return (
    <>
      <div role="alert">{stale && <p className="notice stale">{staleSentence(live.hearing, online)}</p>}</div>
      <div role="status">
        {recovery && !stale && (
          <p className="notice recovery">
            {recoverySentence(recovery)}
            <button
              type="button"
              className="icon-button"
              aria-label="Close this notice"
              onClick={() => live.endRecovery()}
            >
              <CloseIcon />
            </button>
          </p>
        )}
      </div>
      {mayReadHandovers(person) && <HandoverNotice />}
      <DueNotice person={person} />
    </>
  )
}
