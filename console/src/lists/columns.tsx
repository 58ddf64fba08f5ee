import { isTerminal } from '@toneout/contract/model/call.ts'
import type { ListedCall } from '@toneout/contract/model/call-list.ts'
import type { ReactNode } from 'react'
import { dash, duration } from '../ui/format.ts'
import { LostIcon } from '../ui/icons.tsx'
import { PriorityMark } from '../ui/priority-mark.tsx'
import { answeredByWord, languageWord, statusWord, typeWord } from '../ui/words.ts'

export type Column = {
  name: string
  title: string
  cell: (call: ListedCall) => ReactNode
  /** Orderings of the server, the first one when it is pressed first. */
  order?: readonly [string, string]
  /** Columns of a file that has what is shown. */
  exports: readonly string[]
}

function Took({ seconds, late }: { seconds: number | null | undefined; late: boolean }) {
  if (seconds === null || seconds === undefined) return dash
  return (
    <span className={late ? 'over' : undefined}>
      {duration(seconds)}
      {late && <span className="unseen"> over target</span>}
    </span>
  )
}

function Status({ call }: { call: ListedCall }) {
  if (call.review === 'NEEDED') return <span className="over">Review</span>
  return (
    <>
      {!isTerminal(call.status) && <i className="live-dot" aria-hidden="true" />}
      {statusWord(call.status)} {call.lost_contact && <LostIcon />}
    </>
  )
}

/** Unit numbers that a cell has room for. */
const mostTags = 2

function Units({ units }: { units: readonly string[] }) {
  const more = units.slice(mostTags)
  return (
    <span title={units.join(', ')}>
      {units.slice(0, mostTags).map((unit) => (
        <span key={unit} className="unit-tag mono">
          {unit}
        </span>
      ))}
      {more.length > 0 && (
        <>
          <span aria-hidden="true">+{more.length}</span>
          <span className="unseen">{more.join(' ')}</span>
        </>
      )}
    </span>
  )
}

/** Behind the first one, which is when the call was received and opens it. */
export const allColumns: readonly Column[] = [
  { name: 'sid', title: 'Call', cell: (call) => <span className="mono">{call.call_sid}</span>, exports: [] },
  {
    name: 'priority',
    title: 'Pri',
    cell: (call) => <PriorityMark call={call} waits={false} />,
    order: ['-priority_level', 'priority_level'],
    exports: ['priority_level'],
  },
  {
    name: 'type',
    title: 'Type',
    cell: (call) => <b>{typeWord(call.emergency_type) ?? dash}</b>,
    exports: ['emergency_type'],
  },
  { name: 'place', title: 'Location', cell: (call) => call.location || dash, exports: ['location'] },
  { name: 'caller', title: 'Caller', cell: (call) => call.caller_number || dash, exports: ['caller_number'] },
  {
    name: 'by',
    title: 'Answered by',
    cell: (call) => answeredByWord(call.answered_by) ?? dash,
    exports: ['answered_by'],
  },
  {
    name: 'dispatch',
    title: 'To dispatch',
    cell: (call) => (
      <Took seconds={call.seconds_to_dispatch} late={call.late?.includes('dispatch') ?? false} />
    ),
    exports: ['seconds_to_dispatch'],
  },
  {
    name: 'scene',
    title: 'To scene',
    cell: (call) => <Took seconds={call.seconds_to_scene} late={call.late?.includes('scene') ?? false} />,
    exports: ['seconds_to_scene'],
  },
  {
    name: 'units',
    title: 'Units',
    cell: (call) => <Units units={call.units ?? []} />,
    exports: ['units'],
  },
  { name: 'incident', title: 'Incident', cell: (call) => call.incident ?? dash, exports: ['incident'] },
  {
    name: 'length',
    title: 'Length',
    cell: ({ duration_seconds }) => (duration_seconds === null ? dash : duration(duration_seconds)),
    order: ['-completed_at', 'completed_at'],
    exports: ['completed_at', 'duration_seconds'],
  },
  {
    name: 'language',
    title: 'Language',
    cell: (call) => languageWord(call.language) ?? dash,
    exports: ['language'],
  },
  { name: 'tags', title: 'Tags', cell: (call) => (call.tags ?? []).join(', ') || dash, exports: ['tags'] },
  {
    name: 'reviewer',
    title: 'Reviewer',
    cell: (call) => call.reviewer ?? dash,
    exports: ['review', 'reviewer'],
  },
  {
    name: 'status',
    title: 'Status',
    cell: (call) => <Status call={call} />,
    exports: ['status', 'lost_contact'],
  },
]

/** Those of everybody who has chosen none. */
const usual = ['priority', 'type', 'place', 'by', 'dispatch', 'scene', 'units', 'status']

/** The columns of these names, in the order in which they always stand; the usual ones for no known name. */
export function columnsOf(names: readonly string[]): readonly Column[] {
  const found = allColumns.filter(({ name }) => names.includes(name))
  return found.length > 0 ? found : allColumns.filter(({ name }) => usual.includes(name))
}

/** What a file of the list has: what is shown, and what tells its rows apart. */
export const exportedOf = (columns: readonly Column[]) =>
  [...new Set(['id', 'call_sid', 'created_at', ...columns.flatMap((one) => one.exports)])].join(',')
