import { type Boards, boardSets, type Field, fields } from './view.ts'
import { changeView, useViewPart } from './view-store.ts'

const names: Record<Boards, string> = { calls: 'Calls', incidents: 'Incidents and units' }
const fieldNames: Record<Field, string> = { map: 'Map', units: 'Units' }

/** Shown only where there is no room for all boards at once (layout.css). */
export function BoardTabs() {
  const boards = useViewPart('boards')
  return (
    <fieldset className="segments board-tabs" aria-label="Boards to show">
      {boardSets.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === boards}
          onClick={() => changeView({ boards: each }, true)}
        >
          {names[each]}
        </button>
      ))}
    </fieldset>
  )
}

/** Map or units, where the last column has room for one of them. */
export function FieldTabs() {
  const field = useViewPart('field')
  return (
    <fieldset className="segments field-tabs" aria-label="Map or units">
      {fields.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === field}
          onClick={() => changeView({ field: each }, true)}
        >
          {fieldNames[each]}
        </button>
      ))}
    </fieldset>
  )
}
