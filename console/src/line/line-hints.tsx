import { memo } from 'react'

const hints = [
  ['Enter', 'run'],
  ['↑ ↓', 'select'],
  ['F2', 'next waiting'],
  ['F1', 'help'],
] as const

export const LineHints = memo(function LineHints() {
  return (
    <span className="line-hints" aria-hidden="true">
      {hints.map(([key, words]) => (
        <span key={key}>
          <kbd>{key}</kbd> {words}
        </span>
      ))}
    </span>
  )
})
