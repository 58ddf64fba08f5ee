import { useEffect, useState } from 'react'
import { chooseTheme, useTheme } from '../ui/theme.ts'
import { useCrew } from './crew-store.ts'
import { signOut } from './entering.ts'
import { canPush, isPushed, turnPushOff, turnPushOn } from './push.ts'

/** Switches it on or off whether this phone is told while the page is closed. */
function PushButton() {
  const [isOn, setOn] = useState<boolean | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const look = () => void isPushed().then(setOn, () => setOn(false))
  useEffect(look, [])
  if (!canPush || isOn === null) return null
  const press = () => void (isOn ? turnPushOff() : turnPushOn()).then(setFault).then(look)
  return (
    <>
      {fault && <p role="alert">{fault}</p>}
      <button type="button" className="tall" onClick={press}>
        {isOn ? 'Tell me only while this page is open' : 'Tell me also while this page is closed'}
      </button>
    </>
  )
}

/** What belongs to the phone and who is signed in on it. */
export function OwnButtons() {
  const { person } = useCrew()
  const [fault, setFault] = useState<string | null>(null)
  const other = useTheme() === 'dark' ? 'light' : 'dark'
  return (
    <>
      <PushButton />
      <button type="button" className="tall" onClick={() => chooseTheme(other)}>
        {other === 'light' ? 'Use the day theme' : 'Use the night theme'}
      </button>
      {fault && <p role="alert">{fault}</p>}
      <button type="button" className="tall" onClick={() => void signOut().then(setFault)}>
        Sign out {person?.username}
      </button>
    </>
  )
}
