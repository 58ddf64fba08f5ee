import { type ReactNode, useEffect, useRef } from 'react'
import { CloseIcon } from '../ui/icons.tsx'

/** The button of a row, to give the focus back to. */
export const rowId = (key: string | number) => `row-${key}`

/** After the next paint: on a narrow screen the row is not there before. */
export function focusRow(key: string | number) {
  requestAnimationFrame(() => document.getElementById(rowId(key))?.focus())
}

const headingId = 'side-heading'

/** What was pressed is gone, and the focus would go with it. */
export const focusSide = () => document.getElementById(headingId)?.focus()

type PanelProps = { title: string; onClose: () => void; children: ReactNode }

/** Stands beside the list and never over it, but on a narrow screen. */
export function SidePanel({ title, onClose, children }: PanelProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section className="panel side" aria-label={title}>
      <header className="panel-head">
        <h2 id={headingId} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" className="icon-button" aria-label={`Close ${title}`} onClick={onClose}>
          <CloseIcon />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section className="scroll" tabIndex={0} aria-label={`About: ${title}`}>
        {children}
      </section>
    </section>
  )
}

type FactsProps = { label: string; facts: readonly (readonly [string, string])[] }

export function SideFacts({ label, facts }: FactsProps) {
  return (
    <dl className="facts" aria-label={label}>
      {facts.map(([name, value]) => (
        <div key={name} data-wide="true">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
