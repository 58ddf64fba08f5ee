import type { Call } from '@toneout/contract/model/call.ts'
import { isTerminal } from '@toneout/contract/model/call.ts'
import { memo } from 'react'
import { clockTime, dash, dayOf } from '../ui/format.ts'
import { LostIcon } from '../ui/icons.tsx'
import { PriorityMark } from '../ui/priority-mark.tsx'
import { answeredByWord, statusWord, typeWord } from '../ui/words.ts'
import { CallTimer } from './call-timer.tsx'
import { openCall } from './select.ts'

/** In px; table.css has the same. */
export const rowHeight = 30

type RowProps = { call: Call; index: number; selected: boolean; stop: boolean; marked: boolean }

export const CallRow = memo(function CallRow({ call, index, selected, stop, marked }: RowProps) {
  const open = !isTerminal(call.status)
  return (
    <tr
      aria-rowindex={index + 2}
      aria-selected={selected}
      tabIndex={stop ? 0 : -1}
      data-stop={stop}
      data-key={call.call_sid}
      data-open={open}
      data-changed={marked}
      onClick={() => openCall(call.call_sid)}
    >
      <td className="c-received">
        <time dateTime={call.created_at}>
          <span className="day">{dayOf(call.created_at, 'short')} </span>
          <b>{clockTime(call.created_at)}</b>
          {marked && <span className="unseen"> changed</span>}
        </time>
      </td>
      <td className="c-priority">
        <PriorityMark call={call} />
      </td>
      <td className="c-type">{typeWord(call.emergency_type) ?? dash}</td>
      <td className="c-location" title={call.location}>
        {call.location || dash}
      </td>
      <td className="c-number mono">{call.caller_number}</td>
      <td className="c-status">
        {statusWord(call.status)} {call.lost_contact && <LostIcon />}
      </td>
      <td className="c-answered">{answeredByWord(call.answered_by) ?? dash}</td>
      <td className="c-time">
        <CallTimer call={call} />
      </td>
    </tr>
  )
})
