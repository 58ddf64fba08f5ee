import { useEffect, useRef, useState } from 'react'
import { useCrew } from './crew-store.ts'
import { lastPlace } from './position.ts'
import { pressDuress } from './queue.ts'

/** So long it must be held: nobody calls for help by a pocket. duress in phone.css fills as long. */
const holdMs = 1_500

/** Held, by finger or by key, it calls for help; let go before, nothing was done. */
export function DuressButton() {
  const { view } = useCrew()
  const [isHeld, setHeld] = useState(false)
  const [isDone, setDone] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const hold = () => {
    if (timer.current !== undefined) return
    setHeld(true)
    timer.current = setTimeout(() => {
      setHeld(false)
      setDone(true)
      navigator.vibrate?.(200)
      void pressDuress(lastPlace())
    }, holdMs)
  }
  const release = () => {
    clearTimeout(timer.current)
    timer.current = undefined
    setHeld(false)
  }
  const isHoldKey = (key: string) => key === ' ' || key === 'Enter'
  if (!view?.unit) return null
  return (
    <>
      <button
        type="button"
        className="duress"
        data-held={isHeld}
        onPointerDown={hold}
        onPointerUp={release}
        onPointerLeave={release}
        onPointerCancel={release}
        onContextMenu={(event) => event.preventDefault()}
        onKeyDown={({ key, repeat }) => !repeat && isHoldKey(key) && hold()}
        onKeyUp={({ key }) => isHoldKey(key) && release()}
        onBlur={release}
      >
        <span>{isHeld ? 'Keep holding' : 'Hold: duress'}</span>
      </button>
      <p className="unseen" role="status">
        {isDone ? 'Duress pressed' : ''}
      </p>
    </>
  )
}
