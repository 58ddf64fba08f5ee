import { useId } from 'react'
import { Completions } from './completions.tsx'
import { LineHints } from './line-hints.tsx'
import { Preview } from './preview.tsx'
import { useLine } from './use-line.ts'

/** Longer lines are no commands; a note is at most 2,000 characters. */
const longest = 2_100

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
