import type { Call } from '@toneout/contract/model/call.ts'
import { memo } from 'react'
import { shortNumber } from '../line/world.ts'
import { waitsForUnit } from '../live/centre.ts'
import { useCentre, useSpoken } from '../live/use-live.ts'
import { PriorityMark } from '../ui/priority-mark.tsx'
import { languageWord, onLineWords, speakerWord, typeWord } from '../ui/words.ts'
import { CallTimer } from './call-timer.tsx'
import { openCall } from './select.ts'
import { useScript } from './use-calls.ts'
import { wantsPerson } from './wants-person.ts'

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

/** Filled until a unit is on its way. */
function CardMark({ call }: { call: Call }) {
  const incident = useCentre().incidents.get(call.incident_id ?? -1)?.row
  return <PriorityMark call={call} waits={incident && waitsForUnit(incident)} />
}

/** The incident it is about, as the line calls it. */
function CardIncident({ call }: { call: Call }) {
  const { incidents } = useCentre()
  const number = incidents.get(call.incident_id ?? -1)?.row.incident_number
  return number ? <small className="mono">{shortNumber(number)}</small> : null
}

/** Who has the caller on the line; filled only while a person must act. */
function CardState({ call }: { call: Call }) {
  if (wantsPerson(call)) return <span className="chip alarm">Wants a person</span>
  if (call.lost_contact) return <span className="chip alarm">Lost contact</span>
  if (call.handoff) return <small>{call.handoff.by} on line</small>
  return <small>{onLineWords(call.answered_by)}</small>
}

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
