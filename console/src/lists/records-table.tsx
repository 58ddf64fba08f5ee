import type { Call } from '@toneout/contract/model/call.ts'
import { isTerminal } from '@toneout/contract/model/call.ts'
import type { ReactNode } from 'react'
import { changeQuery } from '../frame/address.ts'
import { rowId } from '../frame/side-panel.tsx'
import { dash, duration, stamp } from '../ui/format.ts'
import { answeredByWord, rankOf, statusWord, typeWord } from '../ui/words.ts'

type Column = { name: string; title: string; cell: (call: Call) => ReactNode }

const columns: readonly Column[] = [
  { name: 'type', title: 'Type', cell: (call) => typeWord(call.emergency_type) ?? dash },
  { name: 'priority', title: 'Priority', cell: (call) => rankOf(call.priority_level) ?? dash },
  { name: 'place', title: 'Location', cell: (call) => call.location || dash },
  { name: 'caller', title: 'Caller', cell: (call) => call.caller_number || dash },
  { name: 'status', title: 'Status', cell: (call) => statusWord(call.status) },
  { name: 'by', title: 'Answered by', cell: (call) => answeredByWord(call.answered_by) ?? dash },
  {
    name: 'length',
    title: 'Length',
    cell: ({ duration_seconds }) => (duration_seconds === null ? dash : duration(duration_seconds)),
  },
]

/** Calls as they are when the list is read; each opens beside it. */
export function RecordsTable({ calls, chosen }: { calls: readonly Call[]; chosen: string }) {
  const now = Date.now()
  return (
    <table className="records">
      <caption className="unseen">Calls of these filters</caption>
      <thead>
        <tr>
          <th scope="col">Received</th>
          {columns.map(({ name, title }) => (
            <th key={name} scope="col" data-column={name}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <tr
            key={call.call_sid}
            data-key={call.call_sid}
            data-chosen={call.call_sid === chosen}
            data-over={isTerminal(call.status)}
          >
            <td>
              <button
                id={rowId(call.call_sid)}
                type="button"
                className="row-name"
                aria-expanded={call.call_sid === chosen}
                onClick={() => changeQuery({ call: call.call_sid })}
              >
                {stamp(call.created_at, now)}
              </button>
            </td>
            {columns.map(({ name, cell }) => (
              <td key={name} data-column={name}>
                {cell(call)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
