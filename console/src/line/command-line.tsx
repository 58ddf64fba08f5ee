import { useId, useMemo, useRef, useState } from 'react'
import { stepIncident } from '../calls/step-selection.ts'
import { closeSide } from '../frame/console-side.tsx'
import { useAtHand } from '../incidents/plan-at-hand.ts'
import { useLive } from '../live/use-live.ts'
import { useLineKeys, usePageKeys } from '../ui/keyboard.ts'
import { complete, withWord } from './complete-line.ts'
import { Completions } from './completions.tsx'
import { LineHints } from './line-hints.tsx'
import { Preview } from './preview.tsx'
import { readLine } from './read-line.ts'
import { useRunning } from './use-running.ts'
import { useWorld } from './use-world.ts'

/** Longer lines are no commands; a note is at most 2,000 characters. */
const longest = 2_100

/** What is typed, what it means and what its keys do. */
function useLine() {
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(-1)
  const input = useRef<HTMLInputElement>(null)
  const live = useLive()
  const world = useWorld()
  const atHand = useAtHand()
  const reading = useMemo(() => readLine(text, world), [text, world])
  const options = useMemo(() => complete(text, world), [text, world])
  const write = (next: string) => {
    setText(next)
    setChosen(-1)
  }
  const { outcome, run, forget } = useRunning(() => write(''))
  const take = (index: number) => {
    const option = options[index]
    if (option) write(withWord(text, option.word))
  }
  const step = (act: 'up' | 'down') => {
    const next = chosen + (act === 'down' ? 1 : -1)
    if (options.length > 0) setChosen(Math.min(options.length - 1, Math.max(-1, next)))
    else if (text === '') stepIncident(live.centre, act)
  }
  useLineKeys(input, (act) => {
    if (act === 'complete') {
      take(Math.max(0, chosen))
      return options.length > 0
    }
    if (act !== 'run') step(act)
    else if (chosen >= 0) take(chosen)
    else run(reading, atHand)
    return true
  })
  const clear = () => {
    write('')
    forget()
    input.current?.focus()
  }
  usePageKeys((act) => {
    if (act === 'clear') closeSide()
    if (act === 'clear' || act === 'find') clear()
  })
  const type = (next: string) => {
    forget()
    write(next)
  }
  return { text, chosen, input, atHand, reading, options, outcome, take, type }
}

/** Where the focus rests: what is typed here is done by Enter, and nothing typed dispatches the plan. */
export function CommandLine() {
  const id = useId()
  const { text, chosen, input, atHand, reading, options, outcome, take, type } = useLine()
  const shown = options.length > 0
  return (
    <section className="command-line" aria-label="Command line">
      <div className="line-box">
        <span aria-hidden="true">›</span>
        <input
          ref={input}
          // biome-ignore lint/a11y/noAutofocus: the focus rests in the line
          autoFocus
          className="mono"
          role="combobox"
          aria-label="Command"
          aria-expanded={shown}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={chosen >= 0 ? `${id}-${chosen}` : undefined}
          aria-describedby={`${id}-preview`}
          placeholder={
            atHand && atHand.units.length > 0 ? 'Enter dispatches, or type' : 'Type a command, F1 lists them'
          }
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={longest}
          value={text}
          onChange={(event) => type(event.target.value)}
        />
        <Completions id={id} options={options} chosen={chosen} onTake={take} />
      </div>
      <Preview id={`${id}-preview`} reading={reading} atHand={atHand} outcome={outcome} isPart={shown} />
      <LineHints />
    </section>
  )
}
