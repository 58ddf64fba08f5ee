import type { Completion } from './complete-line.ts'

type ListProps = {
  id: string
  options: readonly Completion[]
  chosen: number
  onTake: (index: number) => void
}

/** What the word that is being typed could become. It is always there, empty while there is nothing. */
export function Completions({ id, options, chosen, onTake }: ListProps) {
  return (
    <div
      id={`${id}-list`}
      className="completions"
      role="listbox"
      aria-label="Completions"
      hidden={options.length === 0}
    >
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys have one owner, ui/keyboard.ts
        // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the line
        <div
          key={option.word}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === chosen}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onTake(index)}
        >
          <b className="mono">{option.word}</b> <span>{option.words}</span>
        </div>
      ))}
    </div>
  )
}
