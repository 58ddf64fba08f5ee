import type { Person } from '@toneout/contract/model/people.ts'
import { changeQuery } from '../frame/address.ts'
import { rowId } from '../frame/side-panel.tsx'
import { stamp } from '../ui/format.ts'
import { roleWord } from '../ui/words.ts'

type TableProps = { people: readonly Person[]; chosen: string }

export function PeopleTable({ people, chosen }: TableProps) {
  const now = Date.now()
  return (
    <table className="people">
      <caption className="unseen">People by username</caption>
      <thead>
        <tr>
          <th scope="col">Username</th>
          <th scope="col" className="p-role">
            Role
          </th>
          <th scope="col" className="p-added">
            Added
          </th>
          <th scope="col" className="p-state">
            State
          </th>
        </tr>
      </thead>
      <tbody>
        {people.map((row) => (
          <tr key={row.id} data-chosen={String(row.id) === chosen} data-over={!row.active}>
            <td>
              <button
                id={rowId(row.id)}
                type="button"
                className="row-name"
                aria-expanded={String(row.id) === chosen}
                title={row.username}
                onClick={() => changeQuery({ person: String(row.id) })}
              >
                {row.username}
              </button>
            </td>
            <td className="p-role">{roleWord(row.role, true)}</td>
            <td className="p-added">{stamp(row.created_at, now)}</td>
            <td className="p-state">{row.active ? 'Active' : 'Shut out'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
