import { useVirtualizer } from '@tanstack/react-virtual'
import type { Call } from '@toneout/contract/model/call.ts'
import { useMarked, useStatus } from '../live/use-live.ts'
import { CallCard, cardHeight } from './call-card.tsx'
import { focusDetail, moveToCall, openCall } from './select.ts'
import { useAnchor } from './use-anchor.ts'
import { useRoving } from './use-roving.ts'
import { useSelection } from './use-selection.ts'

export function CallCards({ calls }: { calls: readonly Call[] }) {
  const { call: selected } = useSelection()
  const marked = useMarked()
  const level = useStatus('level')
  const sids = calls.map((call) => call.call_sid)
  const virtual = useVirtualizer({
    count: calls.length,
    getScrollElement: () => roving.list.current,
    estimateSize: () => cardHeight,
    getItemKey: (index) => sids[index]!,
    overscan: 4,
  })
  const roving = useRoving({
    name: 'incoming',
    keys: sids,
    selected,
    reveal: (index) => virtual.scrollToIndex(index),
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
      <div className="cards-room" role="presentation" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => (
          <CallCard
            key={item.key}
            call={calls[item.index]!}
            top={item.start}
            place={item.index + 1}
            of={calls.length}
            selected={sids[item.index] === selected}
            stop={item.index === roving.index}
            marked={marked.has(sids[item.index]!)}
          />
        ))}
      </div>
    </div>
  )
}
