import type { Interaction } from '@toneout/contract/model/interaction.ts'
import { memo, useLayoutEffect, useRef } from 'react'
import { offset } from '../ui/format.ts'
import { speakerWord } from '../ui/words.ts'
import { partsOfText } from './quoted.ts'

/** Under this the recogniser may well have misheard. */
const sure = 0.8

/** `quotes`: the words of the call that became facts, one a line, so that a line is drawn anew only then. */
type LineProps = { line: Interaction; from: string; quotes: string }

export const TranscriptLine = memo(function TranscriptLine({ line, from, quotes }: LineProps) {
  const at = line.spoken_at ?? line.timestamp
  const unsure = line.confidence !== null && line.confidence < sure
  const text = useSteadyHeight(line)
  return (
    <div className="line" data-speaker={line.speaker} data-partial={!line.is_final}>
      <time dateTime={at}>{offset(from, at)}</time>
      <p ref={text} lang={line.language ?? undefined}>
        <b>{speakerWord(line.speaker)}</b> <Said line={line} quotes={quotes} />
        {!line.is_final && <span className="unseen"> (still speaking)</span>}
        {unsure && <small> check, {Math.round(line.confidence! * 100)} %</small>}
      </p>
    </div>
  )
})

function Said({ line, quotes }: Pick<LineProps, 'line' | 'quotes'>) {
  const isCaller = line.speaker === 'CALLER'
  const parts = partsOfText(line.message, isCaller ? quotes.split('\n') : [])
  return (
    <span className="said">
      {parts.map((part, at) =>
        part.isFact ? (
          <mark key={`${at} ${part.text}`} className="said-fact">
            {part.text}
          </mark>
        ) : (
          part.text
        ),
      )}
      {line.message === '' && '…'}
    </span>
  )
}

/** While words are still being replaced a line may grow but not shrink: the text around it would jump. */
function useSteadyHeight(line: Interaction) {
  const text = useRef<HTMLParagraphElement>(null)
  useLayoutEffect(() => {
    const { style, offsetHeight } = text.current!
    style.minHeight = line.is_final ? '' : `${offsetHeight}px`
  }, [line])
  return text
}
