import { useCallback } from 'react'
import { focusDetail, openCall } from '../calls/select.ts'
import { callsAbout } from '../calls/use-selection.ts'
import type { Board } from '../live/board.ts'
import { useRowsOfBoard } from '../live/use-live.ts'
import { clockTime } from '../ui/format.ts'
import { statusWord } from '../ui/words.ts'

/** The calls that are about the incident, as far as this page has loaded them. */
export function IncidentCalls({ id }: { id: number }) {
  const read = useCallback((board: Board) => callsAbout(board, id), [id])
  const about = useRowsOfBoard(read)
  return (
    <section className="part" aria-labelledby="incident-calls-title">
      <h3 id="incident-calls-title">Calls</h3>
      {about.length === 0 && <p className="quiet">No call about it is among the calls listed here.</p>}
      <ul className="rows">
        {about.map((call) => (
          <li key={call.call_sid}>
            <button
              type="button"
              className="link"
              onClick={() => {
                openCall(call.call_sid)
                focusDetail()
              }}
            >
              Call of {clockTime(call.created_at)}
            </button>
            <span className="mono">{call.caller_number}</span>
            <span className="words">{statusWord(call.status)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
