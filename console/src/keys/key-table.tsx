import type { Key } from '@toneout/contract/model/key.ts'
import { type Column, RowTable } from '../frame/row-table.tsx'
import { dayAndYear, stamp } from '../ui/format.ts'
import { keyRoleWords, limitWords, stateOf, stateWords } from './key-words.ts'

const columnsAt = (now: number): Column<Key>[] => [
  { title: 'Role', className: 'k-role', cell: (key) => keyRoleWords[key.role].name },
  { title: 'Created by', className: 'k-by', cell: (key) => key.created_by ?? 'The server' },
  {
    title: 'Last used',
    className: 'k-when',
    cell: (key) => (key.last_used_at ? stamp(key.last_used_at, now) : 'Never'),
  },
  {
    title: 'Expires',
    className: 'k-when',
    cell: (key) => (key.expires_at ? dayAndYear(key.expires_at) : 'Never'),
  },
  { title: 'Limit', className: 'k-limit', cell: limitWords },
  {
    title: 'State',
    className: 'k-state',
    cell: (key) => {
      const state = stateOf(key, now)
      return <span className={state === 'soon' ? 'soon' : undefined}>{stateWords[state]}</span>
    },
  },
]

export function KeyTable({ keys, chosen }: { keys: readonly Key[]; chosen: string }) {
  const now = Date.now()
  return (
    <RowTable
      className="keys"
      caption="Keys of programs, newest first"
      first="Name"
      label={(key) => key.name}
      columns={columnsAt(now)}
      rows={keys}
      isOver={(key) => ['expired', 'revoked'].includes(stateOf(key, now))}
      word="key"
      chosen={chosen}
    />
  )
}
