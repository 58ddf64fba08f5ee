import { type Boards, boardSets } from './view.ts'
import { changeView, useView } from './view-store.ts'

const names: Record<Boards, string> = { calls: 'Calls', incidents: 'Incidents and units' }

/** Shown only where there is no room for all boards at once (layout.css). */
export function BoardTabs() {
  const { boards } = useView()
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
