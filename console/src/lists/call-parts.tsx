import type { Call } from '@toneout/contract/model/call.ts'
import type { Me } from '@toneout/contract/model/person.ts'
import { mayDispatch } from '../access/session.ts'
import { CallFacts } from '../calls/call-facts.tsx'
import { TranscriptLine } from '../calls/transcript-line.tsx'
import { dash, stamp } from '../ui/format.ts'
import { Empty } from '../ui/panel-states.tsx'
import { Part } from './part.tsx'
import { useHistory, useLines, useListed } from './use-call.ts'

type PartProps = { call: Call }
export function Said({ call }: PartProps) {
  return (
    <Part name="What was said" query={useLines(call.call_sid, true)}>
      {(lines) =>
        lines.length === 0 ? (
          <Empty>Nothing was said in this call.</Empty>
        ) : (
          <div className="lines">
            {lines.map((line) => (
              <TranscriptLine key={line.id} line={line} from={call.created_at} quotes="" />
            ))}
          </div>
        )
      }
    </Part>
  )
}

export function Facts({ call, person }: PartProps & { person: Me }) {
  const listed = useListed(call.id).data
  const marks = [
    ['Tags', listed?.tags?.join(', ')],
    ['Review', listed?.review && (listed.review === 'NEEDED' ? 'Needed' : 'Done')],
    ['Reviewer', listed?.reviewer],
    ['Target', listed?.over_target ? 'Over target' : null],
  ] as const
  return (
    <>
      <CallFacts call={call} reveals={mayDispatch(person)} />
      <dl className="facts" aria-label="Noted of the call">
        {marks.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value || dash}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

export function History({ call }: PartProps) {
  return (
    <Part name="History" query={useHistory(call.call_sid, true)}>
      {({ results, more }) => (
        <ol className="told">
          {results.length === 0 && <li>Nothing is on record of this call.</li>}
          {results.map((one) => (
            <li key={one.id}>
              <time dateTime={one.at}>{stamp(one.at, Date.now())}</time>
              <p>{one.words}</p>
              <span className="quiet">{one.by}</span>
            </li>
          ))}
          {more && <li>Older entries are in the history of the centre.</li>}
        </ol>
      )}
    </Part>
  )
}
