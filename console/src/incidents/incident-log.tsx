import { useState } from 'react'
import { clockTime } from '../ui/format.ts'
import { Failed } from '../ui/panel-states.tsx'
import { useLog } from './use-log.ts'

/** Lines that are shown before somebody asks for all. */
const few = 6

/** What happened, in words, newest first. */
export function IncidentLog({ id }: { id: number }) {
  const query = useLog(id)
  const [isWhole, setWhole] = useState(false)
  const lines = query.data ?? []
  const shown = isWhole ? lines : lines.slice(0, few)
  return (
    <section className="part log" aria-labelledby="log-title">
      <h3 id="log-title">Timeline and notes</h3>
      {query.isError && <Failed what="The timeline" read={query} />}
      <ol className="rows">
        {shown.map((line) => (
          <li key={line.id}>
            <time className="moment" dateTime={line.at}>
              {clockTime(line.at)}
            </time>
            <span className="words">
              {line.note === null ? line.words : <b>{line.note}</b>}
              {line.note !== null && <small> {line.words}</small>}
            </span>
          </li>
        ))}
      </ol>
      {lines.length > shown.length && (
        <button type="button" className="link" onClick={() => setWhole(true)}>
          Show all {lines.length} lines
        </button>
      )}
    </section>
  )
}
