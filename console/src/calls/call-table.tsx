import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import type { Call } from '@toneout/contract/model/call.ts'
import { useEffect, useMemo } from 'react'
import { useMarked } from '../live/use-live.ts'
import { CallRow, rowHeight } from './call-row.tsx'
import { focusDetail, moveToCall, openCall } from './select.ts'
import { useAnchor } from './use-anchor.ts'
import type { ListEnd } from './use-calls.ts'
import { useReveal } from './use-reveal.ts'
import { useRoving } from './use-roving.ts'
import { useView } from './view-store.ts'

const columns = [
  ['received', 'Received'],
  ['priority', 'Pri'],
  ['type', 'Type'],
  ['location', 'Location'],
  ['number', 'Number'],
  ['status', 'Status'],
  ['answered', 'Answered by'],
  ['time', 'Time'],
] as const

/** Asked for when the reader is this many rows from the end. */
const aheadRows = 30

const endings: Record<ListEnd, string> = {
  more: 'Loading older calls',
  whole: 'These are all calls of this list.',
  cut: 'Older calls are not listed here. A filter or a search finds them.',
}

type TableProps = { rows: readonly Call[]; end: ListEnd; loadMore: () => void }

export function CallTable({ rows, end, loadMore }: TableProps) {
  const { call: selected } = useView()
  const sids = useMemo(() => rows.map((row) => row.call_sid), [rows])
  const { roving, virtual } = useRows(sids, selected)
  const items = virtual.getVirtualItems()
  const lowest = virtual.range?.endIndex ?? 0

  useEffect(() => {
    if (end === 'more' && lowest >= rows.length - aheadRows) loadMore()
  }, [end, lowest, rows.length, loadMore])

  return (
    <div ref={roving.list} className="scroll table-scroll">
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is still a table
        role="grid"
        aria-labelledby="all-calls-title"
        aria-rowcount={end === 'more' ? -1 : rows.length + 1}
        data-keys="calls"
        onFocus={roving.onFocus}
        onBlur={roving.onBlur}
      >
        <Head />
        <Rows
          items={items}
          rows={rows}
          total={virtual.getTotalSize()}
          selected={selected}
          stop={roving.index}
        />
      </table>
      <p className="table-end">{endings[end]}</p>
    </div>
  )
}

/** Rows that are near the view, and the one with the tab stop, which must not vanish with the focus in it. */
function useRows(sids: readonly string[], selected: string | null) {
  const virtual = useVirtualizer({
    count: sids.length,
    getScrollElement: () => roving.list.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => sids[index]!,
    overscan: 12,
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), roving.index])]
        .filter((index) => index < sids.length)
        .sort((a, b) => a - b),
  })
  const roving = useRoving({
    name: 'calls',
    keys: sids,
    selected,
    reveal: (index) => virtual.scrollToIndex(index),
    open: (sid) => {
      openCall(sid)
      focusDetail()
    },
    move: moveToCall,
  })
  useReveal(selected, sids, virtual)
  useAnchor(roving.list, sids, rowHeight)
  return { roving, virtual }
}

function Head() {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map(([name, words]) => (
          <th key={name} scope="col" className={`c-${name}`}>
            {words}
          </th>
        ))}
      </tr>
    </thead>
  )
}

type Item = { index: number; key: React.Key; start: number; end: number }
type RowsProps = {
  items: readonly Item[]
  rows: readonly Call[]
  total: number
  selected: string | null
  stop: number
}

/** A real table: rows that are not there are stood for by empty ones of their height. */
function Rows({ items, rows, total, selected, stop }: RowsProps) {
  const marked = useMarked()
  let filled = rowHeight
  const body = items.flatMap((item) => {
    const row = rows[item.index]!
    const before = item.start - filled
    filled = item.end
    return [
      before > 0 && <Spacer key={`before ${item.key}`} height={before} />,
      <CallRow
        key={item.key}
        call={row}
        index={item.index}
        selected={row.call_sid === selected}
        stop={item.index === stop}
        marked={marked.has(row.call_sid)}
      />,
    ]
  })
  const rest = total + rowHeight - filled
  return (
    <tbody>
      {body}
      {rest > 0 && <Spacer height={rest} />}
    </tbody>
  )
}

function Spacer({ height }: { height: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <tr aria-hidden="true" className="spacer">
      <td style={{ height }} />
    </tr>
  )
}
