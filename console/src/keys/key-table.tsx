import type { Key } from '@toneout/contract/model/key.ts'
import { changeQuery } from '../frame/address.ts'
import { rowId } from '../frame/side-panel.tsx'
import { dayAndYear, stamp } from '../ui/format.ts'
import { keyRoleWords, limitWords, stateOf, stateWords } from './key-words.ts'

type TableProps = { keys: readonly Key[]; chosen: string }

export function KeyTable({ keys, chosen }: TableProps) {
  return (
    <table className="keys">
      <caption className="unseen">Keys of programs, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" className="k-role">
            Role
          </th>
          <th scope="col" className="k-by">
            Created by
          </th>
          <th scope="col" className="k-when">
            Last used
          </th>
          <th scope="col" className="k-when">
            Expires
          </th>
          <th scope="col" className="k-limit">
            Limit
          </th>
          <th scope="col" className="k-state">
            State
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <KeyRow key={key.id} row={key} isChosen={String(key.id) === chosen} />
        ))}
      </tbody>
    </table>
  )
}

function KeyRow({ row, isChosen }: { row: Key; isChosen: boolean }) {
  const now = Date.now()
  const state = stateOf(row, now)
  const isOver = state === 'expired' || state === 'revoked'
  return (
    <tr data-chosen={isChosen} data-over={isOver}>
      <td>
        <button
          id={rowId(row.id)}
          type="button"
          className="row-name"
          aria-expanded={isChosen}
          title={row.name}
          onClick={() => changeQuery({ key: String(row.id) })}
        >
          {row.name}
        </button>
      </td>
      <td className="k-role">{keyRoleWords[row.role].name}</td>
      <td className="k-by">{row.created_by ?? 'The server'}</td>
      <td className="k-when">{row.last_used_at ? stamp(row.last_used_at, now) : 'Never'}</td>
      <td className="k-when">{row.expires_at ? dayAndYear(row.expires_at) : 'Never'}</td>
      <td className="k-limit">{limitWords(row)}</td>
      <td className="k-state">
        <span className={state === 'soon' ? 'soon' : undefined}>{stateWords[state]}</span>
      </td>
    </tr>
  )
}
