import { address } from '@toneout/contract/client.ts'
import type { Call } from '@toneout/contract/model/call.ts'
import type { Me } from '@toneout/contract/model/person.ts'
import { mayDispatch } from '../access/session.ts'
import { CallFacts } from '../calls/call-facts.tsx'
import { TranscriptLine } from '../calls/transcript-line.tsx'
import { dash, duration, stamp } from '../ui/format.ts'
import { Empty } from '../ui/panel-states.tsx'
import { Part } from './part.tsx'
import { useHistory, useLines, useListed, useRecordings } from './use-call.ts'

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

const length = (seconds: number | null) => (seconds === null ? '' : `, ${duration(seconds)}`)

/** Recordings of the call; the sound is fetched when it is played, which is on record. */
export function Recordings({ call }: PartProps) {
  return (
    <Part name="Recordings" query={useRecordings(call.call_sid)}>
      {(recordings) =>
        recordings.length === 0 ? (
          <Empty>No recording of this call was told of.</Empty>
        ) : (
          <ul className="recordings">
            {recordings.map(({ recording_sid, started_at, duration_seconds }, at) => (
              <li key={recording_sid}>
                {stamp(started_at, Date.now())}
                {length(duration_seconds)}
                {/* biome-ignore lint/a11y/useMediaCaption: what is said stands beside it */}
                <audio
                  controls
                  preload="none"
                  aria-label={`Recording ${at + 1} of the call`}
                  src={address('hearRecording', { params: { call_sid: call.call_sid, recording_sid } })}
                />
              </li>
            ))}
          </ul>
        )
      }
    </Part>
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
