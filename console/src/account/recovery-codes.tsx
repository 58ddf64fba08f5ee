import { type ReactNode, useEffect, useRef } from 'react'
import { CopyButton } from '../ui/copy-button.tsx'
import { dayOf } from '../ui/format.ts'
import { PrintIcon } from '../ui/icons.tsx'

type CodesProps = { codes: readonly string[]; username: string; onKept: () => void; children: ReactNode }

/** Shown this once: the server keeps only what it needs to recognise them. */
export function RecoveryCodes({ codes, username, onKept, children }: CodesProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    heading.current?.focus()
    // The browser asks before the tab is closed or loaded again.
    const stay = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', stay)
    return () => window.removeEventListener('beforeunload', stay)
  }, [])
  return (
    <section aria-labelledby="enrolment-title">
      <h1 id="enrolment-title" ref={heading} tabIndex={-1}>
        Keep these recovery codes
      </h1>
      <p className="quiet">
        {children} Each of these codes stands in for the app once, when the telephone is lost. They are not
        shown again: print them, or put them where you keep passwords.
      </p>
      <p className="on-paper">
        Toneout, recovery codes of {username}, {dayOf(new Date().toISOString(), 'long')}
      </p>
      <ol ref={list} className="codes mono" aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="button-row">
        <CopyButton what="the codes" text={codes.join('\n')} shown={list} />
        <button type="button" className="button" onClick={() => window.print()}>
          <PrintIcon /> Print
        </button>
      </div>
      <button type="button" className="button primary" onClick={onKept}>
        I have kept them
      </button>
    </section>
  )
}
