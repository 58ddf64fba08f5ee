import { type ReactNode, useEffect, useRef, useState } from 'react'

type ConfirmProps = {
  /** The button that asks, and the one that does it, which names its object. */
  ask: string
  act: string
  /** What happens, before it does. */
  children: ReactNode
  busy: boolean
  onAct: () => void
  /** It was done, where asking for it again makes sense. */
  isDone?: boolean
  /** Why it did not happen. */
  fault?: string | null
}

/** A second press in place for what cannot be taken back; never a window over the page. */
export function Confirm({ ask, act, children, busy, onAct, isDone = false, fault = null }: ConfirmProps) {
  const [asking, setAsking] = useState(false)
  const first = useRef<HTMLButtonElement>(null)
  const second = useRef<HTMLButtonElement>(null)
  const touched = useRef(false)
  useEffect(() => {
    // The pressed button goes away, and the focus would go with it.
    if (asking) second.current?.focus()
    else if (touched.current) first.current?.focus()
    touched.current = asking
  }, [asking])
  useEffect(() => {
    if (isDone) setAsking(false)
  }, [isDone])
  return (
    <>
      {asking ? (
        <fieldset className="confirm" aria-label={act}>
          <p>{children}</p>
          <div className="button-row">
            <button
              ref={second}
              type="button"
              className="button danger"
              aria-disabled={busy}
              onClick={() => busy || onAct()}
            >
              {act}
            </button>
            <button type="button" className="button" onClick={() => setAsking(false)}>
              Cancel
            </button>
          </div>
        </fieldset>
      ) : (
        <button ref={first} type="button" className="button danger" onClick={() => setAsking(true)}>
          {ask}
        </button>
      )}
      <div role="alert" className="form-fault">
        {fault}
      </div>
    </>
  )
}
