import type { Person } from '@toneout/contract/model/people.ts'
import { type Column, RowTable } from '../frame/row-table.tsx'
import { stamp } from '../ui/format.ts'
import { roleWord } from '../ui/words.ts'

const columnsAt = (now: number): Column<Person>[] => [
  { title: 'Role', className: 'p-role', cell: (one) => roleWord(one.role, true) },
  { title: 'App', className: 'p-app', cell: (one) => (one.second_factor ? 'On' : 'Off') },
  { title: 'Added', className: 'p-added', cell: (one) => stamp(one.created_at, now) },
  { title: 'State', className: 'p-state', cell: (one) => (one.active ? 'Active' : 'Shut out') },
]

export function PeopleTable({ people, chosen }: { people: readonly Person[]; chosen: string }) {
  return (
    <RowTable
      className="people"
      caption="People by username; App tells whether an authenticator app is set up"
      first="Username"
      label={(one) => one.username}
      columns={columnsAt(Date.now())}
      rows={people}
      isOver={(one) => !one.active}
      word="person"
      chosen={chosen}
    />
  )
}
