import { PageLink } from '../frame/page-link.tsx'
import { stamp } from '../ui/format.ts'
import { markSeen, useSeenNote } from './desk.ts'
import { useLastHandover } from './use-handovers.ts'

/** What the shift before left, until somebody at this desk has read it. */
export function HandoverNotice() {
  const note = useLastHandover().data
  const seen = useSeenNote()
  if (!note || note.id <= seen) return null
  return (
    <div className="notice recovery handover-notice" role="status">
      <p>
        <b>
          {note.written_by}, {stamp(note.written_at, Date.now())}
          {note.desk !== '' && `, ${note.desk}`}:
        </b>{' '}
        {note.text}
      </p>
      <span className="button-row">
        <PageLink className="button" href="/handover">
          All notes
        </PageLink>
        <button type="button" className="button" onClick={() => markSeen(note.id)}>
          I have read it
        </button>
      </span>
    </div>
  )
}
