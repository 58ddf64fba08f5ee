import type { Call } from '@toneout/contract/model/call.ts'
import { useMarked, useStatus } from '../live/use-live.ts'
import { CallCard, cardHeight } from './call-card.tsx'
import { focusDetail, moveToCall, openCall } from './select.ts'
import { useAnchor } from './use-anchor.ts'
import { useRoving } from './use-roving.ts'
import { useSelection } from './use-selection.ts'
import { useWindow } from './use-window.ts'

export function CallCards({ calls }: { calls: readonly Call[] }) {
  const { call: selected } = useSelection()
  const marked = useMarked()
  const level = useStatus('level')
  const sids = calls.map((call) => call.call_sid)
  const sight = useWindow(() => roving.list.current, calls.length, cardHeight)
  const roving = useRoving({
    name: 'incoming',
    keys: sids,
    selected,
    reveal: sight.reveal,
    open: (sid) => {
      openCall(sid)
      focusDetail()
    },
    move: moveToCall,
  })
  useAnchor(roving.list, sids, cardHeight)
  return (
    <div
      ref={roving.list}
      className="scroll cards"
      role="listbox"
      tabIndex={-1}
      aria-label="Incoming calls, newest first"
      data-keys="incoming"
      data-level={level}
      onFocus={roving.onFocus}
      onBlur={roving.onBlur}
    >
      <div className="cards-room" role="presentation" style={{ height: sight.height }}>
        {calls.map((call, index) =>
          // The card that the keyboard is on is there wherever the list was scrolled to.
          (index >= sight.from && index < sight.to) || index === roving.index ? (
            <CallCard
              key={call.call_sid}
              call={call}
              top={index * cardHeight}
              place={index + 1}
              of={calls.length}
              selected={call.call_sid === selected}
              stop={index === roving.index}
              marked={marked.has(call.call_sid)}
            />
          ) : null,
        )}
      </div>
    </div>
  )
}
