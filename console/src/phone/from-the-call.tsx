import type { CrewView } from '@toneout/contract/model/crew.ts'
import { clockTime, duration } from '../ui/format.ts'
import { labelOf } from './key-facts.tsx'

type Line = { key: string; at: string; text: string; quote: string; unsure: boolean; by: string }

/** What was said, what the AI understood beyond the four facts, and what desks wrote; the newest first. */
function linesOf({ words, findings, notes }: CrewView): Line[] {
  const said = words.map((one) => ({
    ...{ key: `w${one.id}`, at: one.at, text: one.message, quote: '', unsure: one.unsure, by: 'Caller' },
  }))
  const further = findings.slice(4).map((one) => ({
    ...{ key: one.field, at: one.told_at, text: `${labelOf(one.field)}: ${one.value}` },
    ...{ quote: one.quote, unsure: one.unsure, by: '' },
  }))
  const written = notes.map((one) => ({
    ...{ key: `n${one.id}`, at: one.written_at, text: one.text, quote: '', unsure: false, by: 'Desk' },
  }))
  const all = [...said, ...further, ...written]
  return all.sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, 15)
}

export function FromTheCall({ view }: { view: CrewView }) {
  const lines = linesOf(view)
  const began = view.incident?.received_at ?? view.at
  return (
    <section className="card call" aria-labelledby="from-the-call">
      <div className="call-head">
        <h2 id="from-the-call">From the call</h2>
        <p className="quiet">as of {clockTime(view.at)}</p>
      </div>
      {lines.length === 0 && <p className="quiet">Nothing was written down yet.</p>}
      <ul>
        {lines.map((line) => (
          <li key={line.key}>
            <span className="mono">{duration((Date.parse(line.at) - Date.parse(began)) / 1000)}</span>
            <p>
              {line.by === 'Desk' && <b>Desk: </b>}
              {line.text} {line.quote && <q>{line.quote}</q>}
              {line.unsure && <span className="unsure"> not confirmed</span>}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
