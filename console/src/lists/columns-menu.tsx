import { useState } from 'react'
import { reason } from '../access/ask.ts'
import { changeQuery } from '../frame/address.ts'
import { allColumns, type Column } from './columns.tsx'
import { Menu } from './menu.tsx'
import { useChooseColumns } from './use-columns.ts'

/** Which columns are shown; the choice stays with the person. */
export function ColumnsMenu({ shown }: { shown: readonly Column[] }) {
  const { choose, error } = useChooseColumns()
  // What is shown follows a moment later, and a box must not seem to be unticked till then.
  const [pressed, setPressed] = useState<Readonly<Record<string, boolean>>>({})
  const isOn = (one: Column) => pressed[one.name] ?? shown.includes(one)
  const toggle = (name: string) => {
    const names = allColumns.filter((one) => isOn(one) !== (one.name === name)).map((one) => one.name)
    setPressed({ ...pressed, [name]: names.includes(name) })
    choose(names)
    // Columns of a shared address would stand over the choice.
    changeQuery({ columns: '' }, 'replace')
  }
  return (
    <Menu name="Columns">
      <fieldset className="menu-list" aria-label="Columns to show">
        {allColumns.map((one) => (
          <label key={one.name}>
            <input type="checkbox" checked={isOn(one)} onChange={() => toggle(one.name)} /> {one.title}
          </label>
        ))}
      </fieldset>
      <button
        type="button"
        className="link"
        onClick={() => {
          setPressed({})
          choose([])
        }}
      >
        Usual columns
      </button>
      <div role="alert">{error && <p className="form-fault">Not kept. {reason(error)}</p>}</div>
    </Menu>
  )
}
