import { useVirtualizer } from '@tanstack/react-virtual'
import type { Call } from '@toneout/contract/model/call.ts'
import { useMarked, useStatus } from '../live/use-live.ts'
import { amount, clockTime, dash, dayOf } from '../ui/format.ts'
import { Empty, Failed, Skeleton } from '../ui/panel-states.tsx'
import { AsOf } from './as-of.tsx'
import { CallCard, cardHeight } from './call-card.tsx'
import { useAnchor } from './use-anchor.ts'
import { useCallList, useOpenCalls } from './use-calls.ts'
import { useReveal } from './use-reveal.ts'
import { useRoving } from './use-roving.ts'
import { useView } from './view-store.ts'

export function IncomingPanel() {
  const { query, calls } = useOpenCalls()
  const known = query.data !== undefined
  return (
    <section className="panel incoming" aria-labelledby="incoming-title">
      <header className="panel-head">
        <h2 id="incoming-title">Incoming calls</h2>
        <span className="count">{known ? amount(calls.length, query.data) : dash}</span>
        <AsOf />
      </header>
      {query.isError && (
        <Failed
          what="Incoming calls"
          error={query.error}
          since={query.errorUpdatedAt}
          retry={() => void query.refetch()}
          busy={query.isFetching}
        />
      )}
      {!known && !query.isError && <Skeleton rows={4} what="incoming calls" />}
      {known && calls.length === 0 && <NoneOpen />}
      {/* Not while they come in parts: the selected one would be pushed out of sight again. */}
      {(known || query.isError) && calls.length > 0 && <Cards calls={calls} />}
    </section>
  )
}

const everything = { show: 'all', search: '' } as const

function NoneOpen() {
  const { rows } = useCallList(everything)
  const last = rows[0]
  return (
    <Empty>
      No call is open.
      {last &&
        ` The last one came in on ${dayOf(last.created_at, 'short')} at ${clockTime(last.created_at)}.`}
    </Empty>
  )
}

function Cards({ calls }: { calls: readonly Call[] }) {
  const { call: selected } = useView()
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
  const roving = useRoving('incoming', sids, selected, (index) => virtual.scrollToIndex(index))
  useReveal(selected, sids, virtual)
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
