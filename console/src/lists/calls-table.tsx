import { isTerminal } from '@toneout/contract/model/call.ts'
import type { ListedCall } from '@toneout/contract/model/call-list.ts'
import type { KeyboardEvent } from 'react'
import { partsOfText } from '../calls/quoted.ts'
import { changeQuery } from '../frame/address.ts'
import { rowId } from '../frame/side-panel.tsx'
import { clockTime, dayOf } from '../ui/format.ts'
import type { Column } from './columns.tsx'
import type { Selection } from './use-selection.ts'

type TableProps = {
  calls: readonly ListedCall[]
  columns: readonly Column[]
  chosen: string
  ordering: string
  search: string
  selection: Selection
}

/** Calls of a list; each opens beside it. Open ones are marked and stay as they are now. */
export function CallsTable({ calls, columns, chosen, ordering, search, selection }: TableProps) {
  const ids = calls.map((call) => call.id)
  const all = ids.length > 0 && ids.every((id) => selection.has(id))
  return (
    <table className="calls-table">
      <caption className="unseen">Calls of these filters</caption>
      <thead>
        <tr>
          <th scope="col" data-column="select">
            <input
              type="checkbox"
              aria-label="Select all that are listed"
              checked={all}
              onChange={() => (all ? selection.clear() : selection.add(calls))}
            />
          </th>
          <Head title="Received" name="received" order={['-created_at', 'created_at']} ordering={ordering} />
          {columns.map(({ name, title, order }) => (
            <Head key={name} title={title} name={name} order={order} ordering={ordering} />
          ))}
        </tr>
      </thead>
      <tbody onKeyDown={stepRow}>
        {calls.map((call) => (
          <Row
            key={call.id}
            call={call}
            columns={columns}
            isChosen={call.call_sid === chosen}
            isSelected={selection.has(call.id)}
            search={search}
            onSelect={() => selection.toggle(call)}
          />
        ))}
      </tbody>
    </table>
  )
}

/** Up and down go from row to row without the boxes between. */
function stepRow(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const from = (event.target as HTMLElement).closest('tr')
  if (step === undefined || !from) return
  const names = [...event.currentTarget.querySelectorAll<HTMLElement>('.row-name')]
  const at = names.findIndex((one) => from.contains(one))
  event.preventDefault()
  names[Math.max(0, at + step)]?.focus()
}

type HeadProps = {
  title: string
  name: string
  order: readonly [string, string] | undefined
  ordering: string
}

/** A column that the server sorts by; pressed again, the other way round. */
function Head({ title, name, order, ordering }: HeadProps) {
  if (!order) {
    return (
      <th scope="col" data-column={name}>
        {title}
      </th>
    )
  }
  const [first, second] = order
  const sorted = ordering === first ? 'descending' : ordering === second ? 'ascending' : undefined
  return (
    <th scope="col" data-column={name} aria-sort={sorted}>
      <button
        type="button"
        className="sort"
        onClick={() => changeQuery({ ordering: ordering === first ? second : first })}
      >
        {title}
        <span aria-hidden="true">{sorted === 'descending' ? ' ↓' : sorted === 'ascending' ? ' ↑' : ''}</span>
      </button>
    </th>
  )
}

/** What was said, with the words that were looked for. */
function Hit({ text, words }: { text: string; words: string }) {
  return partsOfText(text, words.split(/\s+/)).map(({ text, isFact }, at) =>
    isFact ? <mark key={at}>{text}</mark> : text,
  )
}

type RowProps = {
  call: ListedCall
  columns: readonly Column[]
  isChosen: boolean
  isSelected: boolean
  search: string
  onSelect: () => void
}

function Row({ call, columns, isChosen, isSelected, search, onSelect }: RowProps) {
  const received = `${dayOf(call.created_at, 'short')} ${clockTime(call.created_at)}`
  return (
    <>
      <tr
        data-key={call.call_sid}
        data-chosen={isChosen}
        data-selected={isSelected}
        data-open={!isTerminal(call.status)}
      >
        <td data-column="select">
          <input
            type="checkbox"
            aria-label={`Select the call of ${received}`}
            checked={isSelected}
            onChange={onSelect}
          />
        </td>
        <td data-column="received">
          <button
            id={rowId(call.call_sid)}
            type="button"
            className="row-name"
            aria-expanded={isChosen}
            onClick={() => changeQuery({ call: call.call_sid })}
          >
            <span className="day">{dayOf(call.created_at, 'short')} </span>
            {clockTime(call.created_at)}
          </button>
        </td>
        {columns.map(({ name, cell }) => (
          <td key={name} data-column={name}>
            {cell(call)}
          </td>
        ))}
      </tr>
      {call.hit && (
        <tr className="hit-row" data-chosen={isChosen}>
          <td data-column="select" />
          <td colSpan={columns.length + 1}>
            <span className="unseen">Said: </span>“<Hit text={call.hit} words={search} />”
          </td>
        </tr>
      )}
    </>
  )
}
