import type { Interaction } from '@toneout/contract/model/interaction.ts'
import { memo, useLayoutEffect, useRef } from 'react'
import { offset } from '../ui/format.ts'
import { speakerWord } from '../ui/words.ts'

/** Under this the recogniser may well have misheard. */
const sure = 0.8

type LineProps = { line: Interaction; from: string }

export const TranscriptLine = memo(function TranscriptLine({ line, from }: LineProps) {
  const at = line.spoken_at ?? line.timestamp
  const unsure = line.confidence !== null && line.confidence < sure
  const text = useSteadyHeight(line)
  return (
    <div className="line" data-speaker={line.speaker} data-partial={!line.is_final}>
      <time dateTime={at}>{offset(from, at)}</time>
      <p ref={text} lang={line.language ?? undefined}>
        <b>{speakerWord(line.speaker)}</b> <span className="said">{line.message || '…'}</span>
        {!line.is_final && <span className="unseen"> (still speaking)</span>}
        {unsure && <small> check, {Math.round(line.confidence! * 100)} %</small>}
      </p>
    </div>
  )
})

/** While words are still being replaced a line may grow but not shrink: the text around it would jump. */
function useSteadyHeight(line: Interaction) {
  const text = useRef<HTMLParagraphElement>(null)
  useLayoutEffect(() => {
    const { style, offsetHeight } = text.current!
    style.minHeight = line.is_final ? '' : `${offsetHeight}px`
  }, [line])
  return text
}
