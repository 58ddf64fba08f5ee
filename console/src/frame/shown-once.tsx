import { type ReactNode, useEffect, useRef } from 'react'
import { CopyButton } from '../ui/copy-button.tsx'

type ShownProps = { title: string; what: string; secret: string; children: ReactNode; onKept: () => void }

/** A secret that cannot be read again; it goes when the person says that it is kept. */
export function ShownOnce({ title, what, secret, children, onKept }: ShownProps) {
  const shown = useRef<HTMLElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className="side-part">
      <h3 ref={heading} tabIndex={-1}>
        {title}
      </h3>
      <p className="quiet">{children}</p>
      <code ref={shown} className="secret mono">
        {secret}
      </code>
      <div className="button-row">
        <CopyButton what={what} text={secret} shown={shown} />
        <button type="button" className="button" onClick={onKept}>
          I have kept it
        </button>
      </div>
    </div>
  )
}
