import type { Call } from '@toneout/contract/model/call.ts'
import { memo } from 'react'
import { useSpoken } from '../live/use-live.ts'
import { languageWord, speakerWord, typeWord } from '../ui/words.ts'
import { CallTimer } from './call-timer.tsx'
import { CardIncident, CardMark, CardState } from './card-state.tsx'
import { openCall } from './select.ts'
import { useScript } from './use-calls.ts'

/** In px; calls.css has the same. */
export const cardHeight = 76

type CardProps = {
  call: Call
  top: number
  place: number
  of: number
  selected: boolean
  stop: boolean
  marked: boolean
}

/** An open call: what, where, who, how long, and what was said last. */
export const CallCard = memo(function CallCard({ call, top, place, of, selected, stop, marked }: CardProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys have one owner, ui/keyboard.ts
    <div
      className="card"
      role="option"
      aria-selected={selected}
      aria-setsize={of}
      aria-posinset={place}
      tabIndex={stop ? 0 : -1}
      data-stop={stop}
      data-key={call.call_sid}
      data-changed={marked}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => openCall(call.call_sid)}
    >
      <CardMark call={call} />
      <div className="card-line">
        <span className="card-type" data-known={call.emergency_type !== null}>
          {typeWord(call.emergency_type) ?? 'Type not known'} <CardIncident call={call} />
          {marked && <span className="unseen"> changed</span>}
        </span>
        <CallTimer call={call} />
      </div>
      <div className="card-line">
        <span className="card-where" data-known={call.location !== ''}>
          {call.location || 'Location not known'} <span className="mono">{call.caller_number}</span>
        </span>
        <CardState call={call} />
      </div>
      <LastLine call={call} />
    </div>
  )
})

function LastLine({ call }: { call: Call }) {
  const spoken = useSpoken(call.call_sid)
  const script = useScript(call.call_sid, spoken === undefined)
  const last = spoken?.at(-1)
  const language = call.language?.slice(0, 2) === 'en' ? null : languageWord(call.language)
  return (
    <div className="card-line">
      <span className="card-last" lang={last?.language ?? undefined}>
        {last && <small>{speakerWord(last.speaker)}</small>}{' '}
        {last ? last.message || '…' : spoken && 'Nothing said yet'}
        {!spoken && script.isError && 'The last words could not be loaded'}
      </span>
      {language && <small>{language}</small>}
    </div>
  )
}
