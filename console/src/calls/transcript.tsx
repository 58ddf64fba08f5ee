import type { Call } from '@toneout/contract/model/call.ts'
import type { Interaction } from '@toneout/contract/model/interaction.ts'
import { useState } from 'react'
import { amount, plural } from '../ui/format.ts'
import { DownIcon } from '../ui/icons.tsx'
import { Empty } from '../ui/panel-states.tsx'
import { TranscriptLine } from './transcript-line.tsx'
import { useFindings } from './use-findings.ts'
import { useFollowing } from './use-following.ts'

/** More lines than this are shown on demand, so that a very long call does not slow the page. */
const shownLines = 300

type TranscriptProps = { call: Call; spoken: readonly Interaction[]; whole: boolean }

/** What was said, growing at its end. It follows the end until the reader scrolls up. */
export function Transcript({ call, spoken, whole }: TranscriptProps) {
  const [extra, setExtra] = useState(0)
  const { scroller, unread, toEnd, onScroll } = useFollowing(spoken)
  const { findings } = useFindings(call.call_sid)
  const quotes = findings.map((one) => one.quote).join('\n')
  const hidden = Math.max(0, spoken.length - shownLines - extra)
  if (spoken.length === 0) return <Empty>Nothing has been said in this call yet.</Empty>
  return (
    <div className="transcript">
      <div
        ref={scroller}
        className="scroll lines"
        role="log"
        aria-live="off"
        aria-label="Transcript"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
        tabIndex={0}
        onScroll={onScroll}
      >
        {hidden > 0 && (
          <button type="button" className="button earlier" onClick={() => setExtra(extra + shownLines)}>
            Show {plural(Math.min(hidden, shownLines), 'earlier line')}
          </button>
        )}
        {spoken.slice(hidden).map((line) => (
          <TranscriptLine key={line.id} line={line} from={call.created_at} quotes={quotes} />
        ))}
        {!whole && (
          <p className="transcript-end">Later lines of this call are not loaded: over {amount(5_000)}.</p>
        )}
      </div>
      {unread > 0 && (
        <button type="button" className="button unread" onClick={toEnd}>
          <DownIcon /> {plural(unread, 'new line')}
        </button>
      )}
    </div>
  )
}
