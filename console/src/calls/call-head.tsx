import type { Call } from '@toneout/contract/model/call.ts'
import { BackIcon } from '../ui/icons.tsx'
import { PriorityMark } from '../ui/priority-mark.tsx'
import { statusWord, typeWord } from '../ui/words.ts'
import { AsOf } from './as-of.tsx'
import { CallTimer } from './call-timer.tsx'
import { closeDetail, detailHeadingId } from './select.ts'

export function BackToLists() {
  return (
    <button type="button" className="button back" onClick={closeDetail}>
      <BackIcon /> Back to lists
    </button>
  )
}

export function CallHead({ call }: { call: Call }) {
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

export function TranscriptHead({ count, sid }: { count: number | undefined; sid: string }) {
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
